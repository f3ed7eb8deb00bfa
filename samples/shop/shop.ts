/** The shop as a whole: five processes, three of them instrumented. */
import { Service } from './services.ts';

/** Opens the shop, closes it, and notices when a part of it breaks. */
export class Shop {
  readonly #monitor: string;
  readonly #services: Service[] = [];

  /** @param monitor - the connection string of the monitor that the shop sends its telemetry to */
  constructor(monitor: string) {
    this.#monitor = monitor;
  }

  /** The processes so far, in the order in which they were started. */
  get services(): readonly Service[] {
    return this.#services;
  }

  /** Starts every process, each once those it talks to are ready; gives the address that customers use. */
  async open(): Promise<string> {
    const [database, payments] = await Promise.all([this.#start('database'), this.#start('payments')]);
    const orders = await this.#start('orders', { DATABASE_URL: database });
    const [front] = await Promise.all([
      this.#start('front', { ORDERS_URL: orders, PAYMENTS_URL: payments }),
      this.#start('invoices', { ORDERS_URL: orders }),
    ]);
    return front;
  }

  /** Rejects as soon as one of the processes ends by itself; never resolves. */
  broken(): Promise<never> {
    return Promise.race(this.#services.map(service => service.died()));
  }

  /** Has all buffered telemetry sent. */
  async flush(): Promise<void> {
    await Promise.all(this.#services.filter(({ instrumented }) => instrumented).map(service => service.flush()));
  }

  /** Ends every process, those first that depend on others. */
  async close(): Promise<void> {
    for (const service of this.#services.toReversed()) await service.stop();
  }

  async #start(file: string, links?: Record<string, string>): Promise<string> {
    const env = links === undefined ? {} : { ...links, SHOP_MONITOR: this.#monitor };
    const service = new Service(file, { instrumented: links !== undefined, env });
    this.#services.push(service);
    return service.ready();
  }
}
