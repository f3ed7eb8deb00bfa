/*
 * What a server that accepts connections and never answers costs in memory: 30,000 spans of about 2 KB go through a
 * BatchSpanProcessor to our exporter, as users install it, and, as the control, to one that does nothing. Each runs in
 * a process of its own, three times.
 *
 *   npm run build && node --import tsx bench/silent-server.ts
 *
 * On a busy machine garbage is collected late, and the peaks say more about that than about the exporter.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';

const ROUNDS = 3;
const APP = path.join(import.meta.dirname, 'silent-server-app.js');

interface Result {
  readonly peakMegabytes: number;
  readonly kept: string;
}

const sockets = new Set<net.Socket>();
const server = net.createServer(socket => sockets.add(socket.on('error', () => undefined).resume()));
await once(server.listen(0, '127.0.0.1'), 'listening');

console.log(`30,000 spans of about 2 KB, Node.js ${process.version}, peaks in MB`);
for (let round = 1; round <= ROUNDS; round += 1) {
  const control = await run('control');
  const ours = await run('ours');
  const growth = ours.peakMegabytes - control.peakMegabytes;
  const peaks = `control ${control.peakMegabytes.toFixed(1)}, ours ${ours.peakMegabytes.toFixed(1)}`;
  console.log(`${peaks}, growth ${growth.toFixed(1)}; ${ours.kept}`);
}
for (const socket of sockets) socket.destroy();
server.close();

async function run(which: string): Promise<Result> {
  const { port } = server.address() as AddressInfo;
  const app = fork(APP, [which, `${port}`], { execArgv: [] });
  const [result] = (await once(app, 'message')) as [Result];
  await once(app, 'exit');
  return result;
}
