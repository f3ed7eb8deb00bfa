/** A process's side of the line to the one that started it; services.ts is the other end. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Tells the parent that this process works, and at which address it can be reached, if at any. */
export function announceReady(url?: string): void {
  tell({ url });
}

/** Waits until the server listens, and tells the parent where. */
export async function announceServer(server: Server): Promise<void> {
  await once(server, 'listening');
  announceReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** Does `flush` or `stop` when the parent asks for it; after a `stop` the process ends. */
export function obeyParent(flush: () => Promise<unknown>, stop: () => Promise<unknown>): void {
  const flushed = (): void => tell('flushed');
  const leave = (): never => process.exit();
  process.on('message', message => {
    if (message === 'flush') flush().then(flushed, flushed);
    if (message === 'stop') stop().then(leave, leave);
  });
}

/**
 * Ends this process at once when the line to its parent is closed.
 *
 * The operating system closes it whatever happens to the parent, a SIGKILL included, so no process stays behind.
 * Ctrl-C reaches every process of the terminal at once; only the parent acts on it, and ends the others in order.
 */
export function endWithParent(): void {
  process.on('SIGINT', () => {});
  if (!process.connected) process.exit();
  process.once('disconnect', () => process.exit());
}

function tell(message: unknown): void {
  // A parent that has just gone need not be told; without a callback that would be an uncaught error.
  process.send?.(message, undefined, undefined, () => {});
}
