import type { Delivered, Delivery, DeliveryOptions } from './delivery.ts';
import { HttpTransport } from './http-transport.ts';
import type { DropReason, Item, Signal } from './item.ts';
import { Sender } from './sender.ts';
import { Ledger, type DeliveryStats } from './stats.ts';
import type { Transport } from './transport.ts';

/** What the exporters of one resource share. */
class SharedDelivery {
  readonly options: DeliveryOptions;
  readonly #transport: Transport;
  readonly #ledger = new Ledger();
  readonly #sender: Sender;
  #holders = 0;

  constructor(options: DeliveryOptions) {
    this.options = options;
    this.#transport = new HttpTransport({ agent: options.agent });
    this.#sender = new Sender(trackAddress(options.ingestionEndpoint), this.#transport, this.#ledger);
  }

  acquire(): void {
    this.#holders += 1;
  }

  /** Whether that was the last holder, and the delivery is closed now. */
  release(): boolean {
    this.#holders -= 1;
    if (this.#holders > 0) return false;
    this.#transport.close();
    return true;
  }

  send(items: readonly Item[], signal: Signal): Promise<Delivered> {
    return this.#sender.send(items, signal);
  }

  drop(reason: DropReason, signal: Signal, count: number): void {
    this.#ledger.create(signal, count);
    this.#ledger.drop(signal, count, reason);
  }

  stats(): DeliveryStats {
    return {
      ...this.#ledger.counts(),
      ...this.#sender.stats(),
      adopted: 0,
      diskItems: 0,
      yielded: 0,
      gate: { state: 'open' },
      oldestMillis: 0,
      diskBytes: 0,
    };
  }
}

function trackAddress(ingestionEndpoint: string): URL {
  return new URL('v2.1/track', ingestionEndpoint.endsWith('/') ? ingestionEndpoint : `${ingestionEndpoint}/`);
}

/** One exporter's share in a delivery. */
class Handle implements Delivery {
  readonly #shared: SharedDelivery;
  readonly #release: () => void;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(shared: SharedDelivery, release: () => void) {
    this.#shared = shared;
    this.#release = release;
  }

  send(items: readonly Item[], signal: Signal): Promise<Delivered> {
    if (this.#closed !== undefined) {
      this.drop('shutdown', signal, items.length);
      return Promise.resolve({ kind: 'lost', reason: `${items.length} items: the exporter is shut down` });
    }
    const sending = this.#shared.send(items, signal);
    this.#underWay.add(sending);
    void sending.then(() => this.#underWay.delete(sending));
    return sending;
  }

  drop(reason: DropReason, signal: Signal, count = 1): void {
    this.#shared.drop(reason, signal, count);
  }

  async flush(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  shutdown(): Promise<void> {
    this.#closed ??= this.flush().then(this.#release);
    return this.#closed;
  }

  stats(): DeliveryStats {
    return this.#shared.stats();
  }
}

/** The process-wide record. Its name carries the version of what is in it. */
const RECORD = Symbol.for('azure-monitor-bridge.delivery.v1');

type Global = typeof globalThis & { [RECORD]?: Set<SharedDelivery> };

/**
 * Opens a way to the service. Exporters with the same options share one delivery, also when one was loaded as an ES
 * module and the other as CommonJS; it closes with the last of them.
 */
export function openDelivery(options: DeliveryOptions): Delivery {
  const record = ((globalThis as Global)[RECORD] ??= new Set());
  const shared = [...record].find(one => isSame(one.options, options)) ?? new SharedDelivery(options);
  record.add(shared);
  shared.acquire();
  return new Handle(shared, () => {
    if (shared.release()) record.delete(shared);
  });
}

function isSame(one: DeliveryOptions, other: DeliveryOptions): boolean {
  return (
    one.ingestionEndpoint === other.ingestionEndpoint &&
    one.instrumentationKey === other.instrumentationKey &&
    one.credential === other.credential &&
    one.tokenScope === other.tokenScope &&
    one.memoryMaxBytes === other.memoryMaxBytes &&
    one.agent === other.agent
  );
}
