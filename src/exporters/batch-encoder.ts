import { diag } from '@opentelemetry/api';
import type { Envelope } from '../envelope/envelope.ts';
import { ItemWriter, type Item, type Row } from '../envelope/item.ts';
import type { MappingContext } from '../mapping/context.ts';
import { applyHook, type EnvelopeHook } from './envelope-hook.ts';
import { errorText } from './error-text.ts';
import type { TelemetrySource } from './telemetry-source.ts';

/** How many bytes are encoded before the event loop gets its turn. */
const SLICE_BYTES = 256 * 1024;
/** What an entry counts at least: to find out that nothing comes of it takes time as well. */
const ENTRY_BYTES = 512;
/** How many causes of loss are reported before the log has had enough of them. */
const MAX_REPORTED_CAUSES = 20;

const log = diag.createComponentLogger({ namespace: 'azure-monitor/exporter' });

/** Why an entry never became bytes. */
export type EncodingLoss = 'unconvertible' | 'hook';

/** Turns entries into items, one at a time: what cannot be turned costs itself and nothing else. */
export class BatchEncoder<Batch, Entry> {
  readonly #source: TelemetrySource<Batch, Entry>;
  readonly #hook: EnvelopeHook | undefined;
  readonly #reportedCauses = new Set<string>();

  constructor(source: TelemetrySource<Batch, Entry>, hook: EnvelopeHook | undefined) {
    this.#source = source;
    this.#hook = hook;
  }

  /**
   * Encodes a batch: a small one at once, for a process that is about to end; a large one in slices, after each of which
   * the event loop gets its turn. `onLoss` hears of every envelope that is lost.
   */
  encode(
    batch: Batch,
    context: MappingContext,
    onLoss: (loss: EncodingLoss) => void,
  ): readonly Item[] | Promise<readonly Item[]> {
    const writer = new ItemWriter();
    const slices = this.#encodeInSlices(batch, context, onLoss, writer);
    return slices.next().done === true ? writer.items : finish(slices, writer.items);
  }

  *#encodeInSlices(
    batch: Batch,
    context: MappingContext,
    onLoss: (loss: EncodingLoss) => void,
    writer: ItemWriter,
  ): Generator<void> {
    let sliceBytes = 0;
    for (const entry of this.#source.entriesOf(batch)) {
      sliceBytes += Math.max(ENTRY_BYTES, this.encodeEntry(entry, context, onLoss, writer));
      if (sliceBytes < SLICE_BYTES) continue;
      sliceBytes = 0;
      yield;
    }
  }

  /** Encodes one entry at once, and gives how many bytes became of it. */
  encodeEntry(entry: Entry, context: MappingContext, onLoss: (loss: EncodingLoss) => void, writer: ItemWriter): number {
    let bytes = 0;
    for (const row of this.#convert(entry, context, onLoss)) {
      const shown = this.#hook === undefined ? row : this.#show(row, this.#hook, onLoss);
      if (shown !== undefined) bytes += writer.write(shown);
    }
    return bytes;
  }

  #convert(entry: Entry, context: MappingContext, onLoss: (loss: EncodingLoss) => void): Row[] {
    try {
      return this.#source.toRows(entry, context);
    } catch (error) {
      onLoss('unconvertible');
      this.#reportOnce('could not be converted', error);
      return [];
    }
  }

  /** Only the user's hook wants to see an envelope as an object: nobody else pays for that. */
  #show(row: Row, hook: EnvelopeHook, onLoss: (loss: EncodingLoss) => void): Row | undefined {
    const hooked = applyHook(hook, JSON.parse(row) as Envelope);
    switch (hooked.kind) {
      case 'send':
        return this.#toRow(hooked.envelope, onLoss);
      case 'dropped':
        onLoss('hook');
        return undefined;
      case 'failed':
        onLoss('hook');
        this.#reportOnce('was dropped because onEnvelope failed', hooked.error);
        return undefined;
    }
  }

  #toRow(envelope: Envelope, onLoss: (loss: EncodingLoss) => void): Row | undefined {
    try {
      return JSON.stringify(envelope);
    } catch (error) {
      onLoss('unconvertible'); // The hook has left something here that JSON has no text for.
      this.#reportOnce('could not be encoded', error);
      return undefined;
    }
  }

  #reportOnce(what: string, error: unknown): void {
    const cause = `An item of ${this.#source.signal} ${what}: ${errorText(error)}`;
    if (this.#reportedCauses.has(cause) || this.#reportedCauses.size >= MAX_REPORTED_CAUSES) return;
    this.#reportedCauses.add(cause);
    log.warn(cause);
  }
}

async function finish(slices: Generator<void>, items: readonly Item[]): Promise<readonly Item[]> {
  do await turnOfTheEventLoop();
  while (slices.next().done !== true);
  return items;
}

function turnOfTheEventLoop(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
