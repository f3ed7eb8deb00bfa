import type { ExporterStats } from './index.ts';

/** What is flushed at the end of a program. */
export interface FinalFlush {
  /** Hands all that the program made to the exporter. */
  readonly handOver: () => Promise<void>;
  /** What the exporter still has to send. */
  readonly stats: () => Pick<ExporterStats, 'memoryItems' | 'diskItems' | 'gate'>;
  /** How long the end of the program may be put off. */
  readonly graceMillis: number;
}

/** What the SDK's processors and readers ask of an exporter. */
export interface BatchExporter<Batch> {
  export(batch: Batch, resultCallback: (result: { code: number; error?: Error }) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

const POLL_MILLIS = 20;

/** One listener for both copies of this library, so that either can take it off again. */
interface FinalFlushes {
  readonly flushes: Set<() => Promise<void>>;
  readonly flushAll: () => void;
}

const FINAL_FLUSHES = Symbol.for('azure-monitor-bridge.final-flushes.v2');
const finalFlushes = ((globalThis as { [FINAL_FLUSHES]?: FinalFlushes })[FINAL_FLUSHES] ??= makeFinalFlushes());

/**
 * Sends what waits when the program has come to its natural end, and keeps the process until
 * all is sent or nothing can be, but no longer than the grace period. The exit code stays what it is.
 *
 * Happens at most once, and not after `process.exit()`, a signal or an uncaught exception. What is returned takes it back.
 */
export function flushAtEnd(finalFlush: FinalFlush): () => void {
  const { flushes, flushAll } = finalFlushes;
  const flush = (): Promise<void> => flushNow(finalFlush);
  if (flushes.size === 0) process.on('beforeExit', flushAll);
  flushes.add(flush);
  return () => {
    flushes.delete(flush);
    if (flushes.size === 0) process.off('beforeExit', flushAll);
  };
}

/**
 * Sends what waits, and keeps the process until all is sent or nothing can be, but no longer than the grace period.
 * Never rejects.
 */
export async function flushNow(finalFlush: FinalFlush): Promise<void> {
  const deadlineMillis = performance.now() + finalFlush.graceMillis;
  let hold: NodeJS.Timeout | undefined;
  // Timers and sockets of exporters do not hold the process; this timer does.
  const grace = new Promise<void>(resolve => {
    hold = setTimeout(resolve, finalFlush.graceMillis);
  });
  await Promise.race([handOver(finalFlush), grace]);
  await allSent(finalFlush, deadlineMillis);
  clearTimeout(hold);
}

/**
 * The exporter as a processor or reader of the SDK sees it, whose own flush ends when what it collected is sent or waits.
 * To wait for all that waits, for longer than a program that ends may be held, is asked of the exporter itself.
 */
export function withoutFlush<Batch>(exporter: BatchExporter<Batch>): BatchExporter<Batch> {
  return {
    export: (batch, resultCallback) => exporter.export(batch, resultCallback),
    forceFlush: () => Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function makeFinalFlushes(): FinalFlushes {
  const flushes = new Set<() => Promise<void>>();
  return { flushes, flushAll: () => flushAll(flushes) };
}

/** Only once each: a flush is work of its own, at whose end the process would come to its end again. */
function flushAll(flushes: Set<() => Promise<void>>): void {
  const all = [...flushes];
  flushes.clear();
  process.off('beforeExit', finalFlushes.flushAll);
  for (const flush of all) void flush();
}

async function handOver(finalFlush: FinalFlush): Promise<void> {
  try {
    await finalFlush.handOver();
  } catch {
    // The exporter has said through `diag` what could not be sent; nobody is left to be told.
  }
}

/**
 * What was handed over may still be on its way, over a slow first connection for example. The exporter's own flush would
 * hold the process for longer than the grace period.
 */
async function allSent({ stats }: FinalFlush, deadlineMillis: number): Promise<void> {
  for (;;) {
    const { memoryItems, diskItems, gate } = stats();
    // While the service takes nothing, what is on the disk is safe there.
    const items = gate.state === 'closed' ? memoryItems : memoryItems + diskItems;
    if (items === 0 || deadlineMillis - performance.now() < (gate.reopensInMillis ?? 0)) return;
    await new Promise(resolve => setTimeout(resolve, POLL_MILLIS));
  }
}
