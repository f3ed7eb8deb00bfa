import { frame, framedBytes, gzipBody, MAX_BODY_BYTES, splitByBytes } from './body.ts';
import type { Delivered } from './delivery.ts';
import type { Item, Signal } from './item.ts';
import { toOutcome, type Outcome } from './outcome.ts';
import type { DeliveryStats, LastError, Ledger } from './stats.ts';
import type { Transport } from './transport.ts';

/** Sends batches, each in as many bodies as its size asks for. */
export class Sender {
  readonly #url: URL;
  readonly #transport: Transport;
  readonly #ledger: Ledger;
  #memoryItems = 0;
  #memoryBytes = 0;
  #lastError: LastError | undefined;

  /** `url` is the whole address of the track endpoint. */
  constructor(url: URL, transport: Transport, ledger: Ledger) {
    this.#url = url;
    this.#transport = transport;
    this.#ledger = ledger;
  }

  /** Takes over the batch and tells what became of it. Never rejects. */
  async send(batch: readonly Item[], signal: Signal): Promise<Delivered> {
    const { parts, tooLarge } = splitByBytes(batch, MAX_BODY_BYTES);
    this.#ledger.create(signal, tooLarge);
    this.#ledger.drop(signal, tooLarge, 'too_large');
    const lost = tooLarge === 0 ? [] : [`${tooLarge} of ${batch.length} items are larger than a request may be`];
    for (const part of parts) lost.push(...(await this.#sendBody(part, signal)));
    return lost.length === 0 ? { kind: 'sent' } : { kind: 'lost', reason: [...new Set(lost)].join('; ') };
  }

  /** What is on its way, and what went wrong last. */
  stats(): Pick<DeliveryStats, 'memoryItems' | 'memoryBytes' | 'lastError'> {
    return { memoryItems: this.#memoryItems, memoryBytes: this.#memoryBytes, lastError: this.#lastError };
  }

  /** Why items of this body are lost, if any. */
  async #sendBody(items: readonly Item[], signal: Signal): Promise<string[]> {
    const bytes = framedBytes(items);
    this.#ledger.create(signal, items.length);
    this.#memoryItems += items.length;
    this.#memoryBytes += bytes;
    const answer = await this.#transport.post({ url: this.#url, body: await gzipBody(frame(items)) });
    this.#memoryItems -= items.length;
    this.#memoryBytes -= bytes;
    return this.#settle(toOutcome(answer, items.length), signal, items.length);
  }

  #settle(outcome: Outcome, signal: Signal, count: number): string[] {
    switch (outcome.kind) {
      case 'accepted':
        this.#ledger.accept(signal, count);
        return [];
      case 'partial': {
        const lost = outcome.rejected.length + outcome.retry.length;
        this.#ledger.accept(signal, count - lost);
        return this.#reject(signal, lost, 'partial', `${lost} of ${count} items: ${outcome.reason}`);
      }
      case 'divisible':
        return this.#reject(signal, count, outcome.status, `${count} items: HTTP ${outcome.status}`);
      case 'redirected':
        return this.#reject(signal, count, 'redirected', `${count} items: redirected to ${outcome.location}`);
      case 'retryable':
        return this.#reject(signal, count, outcome.cause, `${count} items: ${outcome.reason}`);
      case 'unreadable':
      case 'rejected':
        return this.#reject(signal, count, outcome.status, `${count} items: ${outcome.reason}`);
    }
  }

  #reject(signal: Signal, count: number, status: string, reason: string): string[] {
    this.#ledger.reject(signal, count, status);
    this.#lastError = { reason, host: this.#url.host, atMillis: Date.now() };
    return [reason];
  }
}
