/** Servers from Debian's packages, each with its data in a temporary folder and on a free port of loopback. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endChild, within } from './patience.ts';

const START_MILLIS = 20_000;

/** A server that runs. */
export interface DebianServer {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  /** Kills it and removes its data. */
  stop(): Promise<void>;
}

/** Whether a program is installed; `sbin` is not on everybody's path. */
export async function isInstalled(program: string): Promise<boolean> {
  return promisify(execFile)(program, ['--version'], { env: environment(), timeout: START_MILLIS }).then(
    () => true,
    () => false,
  );
}

/** Package `redis-server`. */
export function startRedis(): Promise<DebianServer> {
  return start('redis-server', (port, folder) => [
    '--bind',
    '127.0.0.1',
    '--port',
    port,
    '--dir',
    folder,
    '--save',
    '',
  ]);
}

/** Package `mariadb-server`, with an empty database `shop` and nobody asked for a password. */
export async function startMariaDb(): Promise<DebianServer> {
  const { username } = userInfo();
  return start('mariadbd', async (port, folder) => {
    const place = ['--no-defaults', `--user=${username}`, `--datadir=${folder}`];
    const options = [...place, '--auth-root-authentication-method=normal'];
    await within(START_MILLIS, 'mariadb-install-db', signal =>
      promisify(execFile)('mariadb-install-db', options, { env: environment(), signal }),
    );
    await mkdir(path.join(folder, 'shop'));
    const address = ['--bind-address=127.0.0.1', `--port=${port}`, `--socket=${path.join(folder, 'socket')}`];
    return [...place, ...address, `--pid-file=${path.join(folder, 'pid')}`];
  });
}

async function start(
  program: string,
  argumentsFor: (port: string, folder: string) => string[] | Promise<string[]>,
): Promise<DebianServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'azure-monitor-server-'));
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child !== undefined) await endChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    child = spawn(program, await argumentsFor(String(port), folder), { env: environment(), stdio: 'ignore' });
    endWithProcess(child);
    await listening(child, port);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Kills a server when this process is told to end before it has stopped it. */
function endWithProcess(child: ChildProcess): void {
  process.once('exit', () => child.kill('SIGKILL'));
  process.once('SIGTERM', () => process.exit(1));
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  await within(START_MILLIS, `${child.spawnfile} to listen`, async signal => {
    while (!(await accepts(port, signal))) {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
      await sleep(50, undefined, { signal });
    }
  });
}

async function accepts(port: number, signal: AbortSignal): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect', { signal })
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}${path.delimiter}/usr/sbin` };
}
