import { diag } from '@opentelemetry/api';
import type { Delivered, Delivery } from './delivery.ts';
import { flush } from './flush.ts';
import type { DropReason, Item, Signal } from './item.ts';
import type { SharedDelivery } from './shared-delivery.ts';
import type { DeliveryStats } from './stats.ts';
import { Ticket } from './ticket.ts';
import { within } from './within.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/delivery' });

const FLUSH_TIMEOUT_MILLIS = 30_000;

/** Less than what containers are given to stop, 10 s at Docker and 30 s at Kubernetes, with time left for others. */
const SHUTDOWN_TIMEOUT_MILLIS = 8000;

/** So long a service that takes telemetry may take to do so before what is unsent goes to disk. */
const GRACE_MILLIS = 100;

/** A disk that takes longer is not waited for. */
const SPILL_MILLIS = 500;

/** One exporter's share in a delivery. Follows its own batches only. */
export class DeliveryHandle implements Delivery {
  readonly #shared: SharedDelivery;
  readonly #release: (millisLeft: number) => Promise<void>;
  readonly #tickets = new Set<Ticket>();
  /** Batches of which not every body has been handed over. */
  readonly #handingOver = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  /** `release` is called once, when this exporter no longer needs the delivery, with the time left for its end. */
  constructor(shared: SharedDelivery, release: (millisLeft: number) => Promise<void>) {
    this.#shared = shared;
    this.#release = release;
  }

  async send(items: readonly Item[], signal: Signal): Promise<Delivered> {
    if (this.#closing !== undefined) {
      this.drop('shutdown', signal, items.length);
      return { kind: 'lost', reason: `${items.length} of ${items.length} items lost: the exporter is shut down` };
    }
    const ticket = new Ticket(items.length);
    this.#tickets.add(ticket);
    void ticket.ended.then(() => this.#tickets.delete(ticket));
    const handingOver = this.#shared.send(items, signal, ticket);
    this.#handingOver.add(handingOver);
    await handingOver;
    this.#handingOver.delete(handingOver);
    return ticket.delivered();
  }

  drop(reason: DropReason, signal: Signal, count = 1): void {
    this.#shared.drop(reason, signal, count);
  }

  async flush(): Promise<void> {
    const unsent = await this.#flush(FLUSH_TIMEOUT_MILLIS);
    if (unsent === 0) return;
    const { reason } = this.#shared.stats().gate;
    throw new Error(`${unsent} items are unsent${reason === undefined ? ', there was no answer' : `: ${reason}`}`);
  }

  shutdown(): Promise<void> {
    this.#closing ??= this.#shutdown();
    return this.#closing;
  }

  stats(): DeliveryStats {
    return this.#shared.stats();
  }

  async #shutdown(): Promise<void> {
    const { clock } = this.#shared;
    const deadlineMillis = clock.monotonicMillis() + SHUTDOWN_TIMEOUT_MILLIS;
    const [unsent] = await Promise.all([
      this.#flush(SHUTDOWN_TIMEOUT_MILLIS),
      within(clock, SPILL_MILLIS, this.#keep()),
    ]);
    if (unsent > 0) log.debug(`Shutting down with ${unsent} items unsent`);
    await this.#release(Math.max(0, deadlineMillis - clock.monotonicMillis()));
  }

  /** A service that answers at once gets the chance: no shutdown of a healthy process should touch the disk. */
  async #keep(): Promise<void> {
    const { clock } = this.#shared;
    const ended = Promise.all([...this.#tickets].map(ticket => ticket.ended));
    if (this.#shared.stats().gate.state === 'open') await within(clock, GRACE_MILLIS, ended);
    await this.#shared.keep();
    await Promise.all(this.#handingOver);
    await this.#shared.keep();
  }

  #flush(timeoutMillis: number): Promise<number> {
    const { clock } = this.#shared;
    const gate = this.#shared.stats().gate;
    return flush([...this.#tickets], { clock, timeoutMillis, gate, listen: listener => this.#shared.listen(listener) });
  }
}
