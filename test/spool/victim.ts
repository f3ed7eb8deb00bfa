// A process that uses a spool as the library does, run by the tests under a user of their choice: puts one batch, takes
// what there is, and tells as JSON what it saw.
import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { Counts } from '../../src/spool/counts.ts';
import { Spool } from '../../src/spool/spool.ts';
import { batchOf } from './test-batch.ts';

/** What the process saw. */
export interface Sight {
  readonly put: string;
  /** How many items each batch had that it was given. */
  readonly taken: readonly number[];
  readonly lost: readonly [Counts, string][];
  readonly messages: readonly string[];
  readonly memoryMegabytes: number;
}

const messages: string[] = [];
const log = (...message: unknown[]): void => void messages.push(message.join(' '));
diag.setLogger(
  { error: log, warn: log, info: log, debug: () => undefined, verbose: () => undefined },
  DiagLogLevel.ALL,
);
messages.length = 0;

const lost: [Counts, string][] = [];
const spool = new Spool({
  directories: process.argv.slice(2),
  destination: ['me'],
  onLoss: (counts, loss) => lost.push([counts, loss]),
  clock: {
    monotonicMillis: () => performance.now(),
    wallMillis: () => Date.now(),
    schedule: (millis, callback) => {
      const timer = setTimeout(callback, millis).unref();
      return { cancel: () => clearTimeout(timer) };
    },
  },
});
await spool.start();
const put = await spool.put(batchOf(7));
const taken: number[] = [];
for (let lease = await spool.take(); lease !== undefined; lease = await spool.take()) {
  taken.push(lease.batch.lengths.length);
  await lease.release();
  if (taken.length === 3) break;
}
const sight: Sight = { put: put.kind, taken, lost, messages, memoryMegabytes: process.memoryUsage.rss() / 1024 / 1024 };
process.stdout.write(JSON.stringify(sight));
