import { diag } from '@opentelemetry/api';
import type { Delivered, Delivery } from '../delivery/delivery.ts';
import type { Item } from '../envelope/item.ts';
import type { MappingContext } from '../mapping/context.ts';
import type { ExportResult, Resource } from '../mapping/opentelemetry.ts';
import { Omissions } from '../mapping/omissions.ts';
import type { BatchEncoder } from './batch-encoder.ts';
import { errorText } from './error-text.ts';
import type { ExporterStats, TrimmedCounts } from './exporter-stats.ts';
import { OpenBatch } from './open-batch.ts';
import type { TelemetrySource } from './telemetry-source.ts';

/** What of the mapping's context does not change from batch to batch. */
export type FixedContext = Omit<MappingContext, 'nowMillis' | 'omissions'>;

/** How long a batch waits for resource attributes that are still being looked up. */
const RESOURCE_WAIT_MILLIS = 10_000;

const log = diag.createComponentLogger({ namespace: 'azure-monitor/exporter' });

/**
 * What the three exporters share: the lifecycle OpenTelemetry asks of an exporter.
 * Calls each result callback exactly once, and never throws.
 */
export class ExportPipeline<Batch, Entry> {
  readonly #source: TelemetrySource<Batch, Entry>;
  readonly #encoder: BatchEncoder<Batch, Entry>;
  readonly #context: FixedContext;
  readonly #delivery: Delivery;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #trimmed: TrimmedCounts = {};
  #shutdown: Promise<void> | undefined;

  constructor(
    source: TelemetrySource<Batch, Entry>,
    encoder: BatchEncoder<Batch, Entry>,
    context: FixedContext,
    delivery: Delivery,
  ) {
    this.#source = source;
    this.#encoder = encoder;
    this.#context = context;
    this.#delivery = delivery;
  }

  /** Sends a batch and says once what became of it. */
  export(batch: Batch, resultCallback: (result: ExportResult) => void): void {
    void this.#follow(
      this.#deliver(batch)
        .then(resultCallback)
        .catch((error: unknown) => log.error(`The result callback threw: ${errorText(error)}`)),
    );
  }

  /** Begins a batch that takes entries one by one, and turns each into bytes at once. */
  openBatch(): OpenBatch<Entry> {
    const context = this.#contextOfBatch();
    const { signal } = this.#source;
    return new OpenBatch({
      encode: (entry, writer) =>
        this.#encoder.encodeEntry(entry, context, loss => this.#delivery.drop(loss, signal), writer),
      send: items => {
        this.#count(context.omissions);
        return items.length === 0 ? Promise.resolve() : this.#follow(this.#send(items).then(() => undefined));
      },
    });
  }

  /** Counts entries that nobody can take any more. */
  drop(reason: 'memory' | 'shutdown'): void {
    this.#delivery.drop(reason, this.#source.signal);
  }

  get isShutDown(): boolean {
    return this.#shutdown !== undefined;
  }

  /** Settles when every batch handed over so far has been sent or stored; rejects when that could not be done. */
  async forceFlush(): Promise<void> {
    await Promise.all(this.#inFlight);
    await this.#delivery.flush();
  }

  /** Refuses further batches, finishes those that are under way, and lets go of sockets and timers. */
  shutdown(): Promise<void> {
    this.#shutdown ??= Promise.all(this.#inFlight).then(() => this.#delivery.shutdown());
    return this.#shutdown;
  }

  /** Where every item is that was handed over to the delivery, which several exporters may share. */
  stats(): ExporterStats {
    return { ...this.#delivery.stats(), trimmed: { ...this.#trimmed } };
  }

  async #deliver(batch: Batch): Promise<ExportResult> {
    if (this.#shutdown !== undefined) return failed('the exporter is shut down');
    try {
      const pending = this.#pendingResources(batch);
      if (pending.length > 0) await settled(pending);
      const context = this.#contextOfBatch();
      const { signal } = this.#source;
      const encoded = this.#encoder.encode(batch, context, loss => this.#delivery.drop(loss, signal));
      // A small batch is with the delivery before `export` returns: a process that ends now can still keep it.
      const items = encoded instanceof Promise ? await encoded : encoded;
      this.#count(context.omissions);
      return items.length === 0 ? { code: 0 } : await this.#send(items);
    } catch (error) {
      return lostToDefect(error);
    }
  }

  async #send(items: readonly Item[]): Promise<ExportResult> {
    try {
      return toResult(await this.#delivery.send(items, this.#source.signal));
    } catch (error) {
      return lostToDefect(error);
    }
  }

  #contextOfBatch(): MappingContext {
    return { ...this.#context, nowMillis: Date.now(), omissions: new Omissions() };
  }

  #follow(task: Promise<void>): Promise<void> {
    this.#inFlight.add(task);
    return task.then(() => void this.#inFlight.delete(task));
  }

  #count(omissions: Omissions): void {
    for (const [reason, count] of omissions.entries()) {
      if (reason === 'unconvertible' || reason === 'non_finite')
        this.#delivery.drop(reason, this.#source.signal, count);
      else this.#trimmed[reason] = (this.#trimmed[reason] ?? 0) + count;
    }
  }

  /** Some resource attributes arrive late; rows without them would belong to another role. */
  #pendingResources(batch: Batch): Resource[] {
    const resources = new Set<Resource | undefined>();
    for (const entry of this.#source.entriesOf(batch)) resources.add(this.#resourceOf(entry));
    return [...resources].filter(resource => resource !== undefined).filter(isPending);
  }

  /** `undefined` for an entry that is no telemetry at all; the encoder counts it. */
  #resourceOf(entry: Entry): Resource | undefined {
    try {
      return this.#source.resourceOf(entry);
    } catch {
      return undefined;
    }
  }
}

function isPending(resource: Resource): boolean {
  try {
    return resource.asyncAttributesPending === true;
  } catch {
    return false; // No resource either.
  }
}

function toResult(delivered: Delivered): ExportResult {
  switch (delivered.kind) {
    case 'sent':
    case 'held':
      return { code: 0 };
    case 'lost':
      return failed(delivered.reason);
  }
}

function lostToDefect(error: unknown): ExportResult {
  log.error(`Telemetry lost to a defect in the exporter: ${errorText(error)}`);
  return failed('a defect in the exporter');
}

function failed(reason: string): ExportResult {
  return { code: 1, error: new Error(`Azure Monitor export failed: ${reason}`) };
}

async function settled(pending: readonly Resource[]): Promise<void> {
  await within(RESOURCE_WAIT_MILLIS, Promise.allSettled(pending.map(async r => r.waitForAsyncAttributes?.())));
}

async function within(millis: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>(resolve => {
    timer = setTimeout(resolve, millis);
    timer.unref();
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
