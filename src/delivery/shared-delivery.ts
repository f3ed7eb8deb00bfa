import type { SpoolParts } from '../spool/spool.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { tokenScopeFor } from './cloud.ts';
import { systemClock, type Clock } from './clock.ts';
import type { DeliveryOptions } from './delivery.ts';
import type { DeliveryEvent, DeliveryListener } from './delivery-event.ts';
import { Gate } from './gate.ts';
import { IngestionEndpoint } from './ingestion-endpoint.ts';
import type { DropReason, Item, Signal } from './item.ts';
import { LateTransport } from './late-transport.ts';
import { Ledger } from './ledger.ts';
import { observeDelivery, type MeterProvider } from './metrics.ts';
import { Report } from './report.ts';
import { openStorage } from './open-storage.ts';
import { DEFAULT_MEMORY_MAX_BYTES } from './ring.ts';
import { Sender } from './sender.ts';
import type { DeliveryStats, GateStats } from './stats.ts';
import type { Storage } from './storage.ts';
import type { Ticket } from './ticket.ts';
import { TokenSource } from './token-source.ts';
import { within } from './within.ts';
import type { Transport } from './transport.ts';

/** What tests replace. */
export interface World {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly transport: Transport;
  readonly spool: Partial<SpoolParts>;
}

/** What the exporters of one resource share: one gate, one memory, one set of connections. */
export class SharedDelivery {
  readonly options: DeliveryOptions;
  readonly clock: Clock;
  readonly #endpoint: IngestionEndpoint;
  readonly #gate: Gate;
  readonly #ledger: Ledger;
  readonly #storage: Storage;
  readonly #sender: Sender;
  readonly #report: Report;
  /** And how many exporters each was given to: it is told once. */
  readonly #listeners = new Map<DeliveryListener, number>();
  readonly #observations = new Map<MeterProvider, () => void>();

  constructor(options: DeliveryOptions, world: Partial<World> = {}) {
    const { clock = systemClock, random = Math.random } = world;
    const { credential, memoryMaxBytes = DEFAULT_MEMORY_MAX_BYTES } = options;
    const url = trackAddress(options.ingestionEndpoint);
    const scope = tokenScopeFor(url.hostname, options.tokenScope);
    const tokens = credential === undefined ? undefined : new TokenSource(credential, scope, clock);
    this.options = options;
    this.clock = clock;
    const transport = world.transport ?? new LateTransport(options, { clock });
    this.#endpoint = new IngestionEndpoint({ url, transport, tokens, clock });
    this.#report = new Report({ clock, host: url.host, scope: tokens?.scope, stats: () => this.stats() });
    this.#ledger = new Ledger(this.#emit);
    this.#gate = new Gate({ clock, random, onChange: gate => this.#onGate(gate) });
    this.#storage = openStorage({
      options,
      memoryMaxBytes,
      clock,
      random,
      ledger: this.#ledger,
      emit: this.#emit,
      onWaiting: () => this.#sender.pump(),
      spoolParts: world.spool,
    });
    this.#sender = new Sender({
      endpoint: this.#endpoint,
      storage: this.#storage,
      gate: this.#gate,
      ledger: this.#ledger,
      clock,
      // Two bodies may be under way while a third comes in.
      maxBodyBytes: Math.min(MAX_BODY_BYTES, Math.floor(memoryMaxBytes / 4)),
    });
    if (options.storage?.isKeptOnExit === true) process.on('exit', this.#onExit);
  }

  /** Resolves when each item has ended or is held. */
  send(items: readonly Item[], signal: Signal, ticket: Ticket): Promise<void> {
    return this.#sender.send(items, signal, ticket);
  }

  /** Counts items that were lost before they became bytes. */
  drop(reason: DropReason, signal: Signal, count: number): void {
    this.#ledger.create(signal, count);
    this.#ledger.drop(signal, count, reason);
  }

  /** Tells `listener` of every event, until it has been taken off as often as it was put on. */
  listen(listener: DeliveryListener): () => void {
    this.#listeners.set(listener, (this.#listeners.get(listener) ?? 0) + 1);
    return () => {
      const left = (this.#listeners.get(listener) ?? 1) - 1;
      if (left > 0) this.#listeners.set(listener, left);
      else this.#listeners.delete(listener);
    };
  }

  /** Shows the stats on this provider, once for all exporters that ask for it, until the delivery closes. */
  observe(provider: MeterProvider): void {
    if (this.#observations.has(provider)) return;
    this.#observations.set(
      provider,
      observeDelivery(provider, () => this.stats()),
    );
  }

  stats(): DeliveryStats {
    return {
      ...this.#ledger.counts(),
      ...this.#storage.stats(),
      gate: this.#gate.stats(),
      lastError: this.#sender.lastError,
    };
  }

  /** Resolves when what is unsent is on disk, if that is possible. It is still sent, as long as there is time. */
  keep(): Promise<void> {
    return this.#storage.keep(true);
  }

  /**
   * Lets go of everything. What is unsent is sent in the time that is left, as long as the service takes it; requests
   * under way then are aborted. What is in memory alone is lost, and counted.
   */
  async close(millisLeft: number): Promise<void> {
    process.off('exit', this.#onExit);
    if (this.#gate.isOpen && millisLeft > 0) await within(this.clock, millisLeft, this.#sendTheRest());
    this.#gate.shut();
    this.#endpoint.close();
    await this.#sender.idle();
    await this.#storage.close();
    this.#report.close();
    for (const stop of this.#observations.values()) stop();
  }

  async #sendTheRest(): Promise<void> {
    await this.#storage.hurry();
    this.#sender.pump();
    await this.#sender.idle();
  }

  readonly #onExit = (): void => {
    try {
      this.#storage.keepOnExit();
    } catch {
      // There is no memory left to compress it. An error here would change how the process ends.
    }
  };

  #onGate(gate: GateStats): void {
    this.#emit({ kind: 'gate', gate });
    if (gate.state !== 'closed') this.#sender.pump();
  }

  /** Later, so that listeners find the books in order. */
  readonly #emit = (event: DeliveryEvent): void => {
    queueMicrotask(() => {
      this.#report.note(event);
      for (const listener of this.#listeners.keys()) tell(listener, event);
    });
  };
}

function trackAddress(ingestionEndpoint: string): URL {
  return new URL('v2.1/track', ingestionEndpoint.endsWith('/') ? ingestionEndpoint : `${ingestionEndpoint}/`);
}

function tell(listener: DeliveryListener, event: DeliveryEvent): void {
  try {
    listener(event);
  } catch {
    // The listener is the user's; its defects are not to become ours.
  }
}
