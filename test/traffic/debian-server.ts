/** Servers from Debian's packages, each with its data in a temporary folder and on a free port of loopback. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

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
  return promisify(execFile)(program, ['--version'], { env: environment() }).then(
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
    await promisify(execFile)('mariadb-install-db', [...place, '--auth-root-authentication-method=normal'], {
      env: environment(),
    });
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
  const port = await freePort();
  const args = await argumentsFor(String(port), folder);
  const child = spawn(program, args, { env: environment(), stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + START_MILLIS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${child.spawnfile} does not listen`);
    await sleep(50);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect')
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
