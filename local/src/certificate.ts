import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A key and a certificate for this machine's loopback names, made anew at every start. */
export interface Certificate {
  /** PEM; stays in memory. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  /** A file with the certificate, for `NODE_EXTRA_CA_CERTS`. Only this user can read it. */
  readonly file: string;
  /** Deletes the file and its folder. */
  remove(): Promise<void>;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/**
 * Makes a self-signed certificate for `localhost`, 127.0.0.1 and ::1.
 *
 * It is no authority: who trusts it trusts this one server and nothing that could be signed with it.
 */
export async function makeCertificate(): Promise<Certificate> {
  const pem = await generate();
  const folder = await mkdtemp(path.join(tmpdir(), 'azure-monitor-local-'));
  // mkdtemp makes the folder 0700 already, except under an unusual umask.
  await chmod(folder, 0o700);
  const file = path.join(folder, 'ca.pem');
  await writeFile(file, pem.cert, { mode: 0o600 });
  return { privateKey: pem.private, certificate: pem.cert, file, remove: removal(folder) };
}

/** The folders that are still there; a process that exits without closing its monitors deletes them on its way out. */
const FOLDERS = new Set<string>();

function removal(folder: string): () => Promise<void> {
  if (FOLDERS.size === 0) process.on('exit', removeAll);
  FOLDERS.add(folder);
  return async () => {
    FOLDERS.delete(folder);
    if (FOLDERS.size === 0) process.off('exit', removeAll);
    await rm(folder, { recursive: true, force: true });
  };
}

function removeAll(): void {
  // oxlint-disable-next-line node/no-sync -- nothing else is possible while a process exits
  for (const folder of FOLDERS) rmSync(folder, { recursive: true, force: true });
}

async function generate(): Promise<{ private: string; cert: string }> {
  // Loaded here, not at the top: it takes a quarter of a second.
  const selfsigned = await import('selfsigned');
  return selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY_MILLIS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
}
