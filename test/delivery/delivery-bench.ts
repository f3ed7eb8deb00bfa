import type { Delivery, DeliveryOptions } from '../../src/delivery/delivery.ts';
import type { DeliveryEvent } from '../../src/delivery/delivery-event.ts';
import { openDelivery } from '../../src/delivery/registry.ts';
import type { World } from '../../src/delivery/shared-delivery.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedServer, type RecordedRequest, type Step } from './scripted-server.ts';

/** A scripted server, a clock that stands still, and the deliveries a test opens on them. */
export class Bench {
  readonly clock: FakeClock = new FakeClock();
  readonly events: DeliveryEvent[] = [];
  readonly #server: ScriptedServer;
  readonly #deliveries: Delivery[] = [];

  private constructor(server: ScriptedServer) {
    this.#server = server;
  }

  /** `answer` decides once the script is over. */
  static async start(script: Step[] = [], answer?: (request: RecordedRequest) => Step): Promise<Bench> {
    return new Bench(await ScriptedServer.start(script, answer));
  }

  get server(): ScriptedServer {
    return this.#server;
  }

  /** What each request carried, by the numbers of {@link items}. */
  get requests(): number[][] {
    return this.#server.requests.map(({ items }) => items.map(item => (item as { n: number }).n));
  }

  open(options: Partial<DeliveryOptions> = {}, world: Partial<World> = {}): Delivery {
    const delivery = openDelivery(
      {
        ingestionEndpoint: this.#server.url,
        instrumentationKey: '1a2b3c4d-0000-0000-0000-000000000000',
        onEvent: event => this.events.push(event),
        ...options,
      },
      { clock: this.clock, random: () => 0, ...world },
    );
    this.#deliveries.push(delivery);
    return delivery;
  }

  async close(): Promise<void> {
    const closing = this.#deliveries.map(delivery => delivery.shutdown());
    this.clock.advance(30_000);
    await Promise.all(closing);
    await this.#server.close();
  }
}

/** Items that say which they are. */
export function items(from: number, to: number, filler = ''): Buffer[] {
  return Array.from({ length: to - from }, (_, index) => Buffer.from(JSON.stringify({ n: from + index, filler })));
}

/** What never answers. */
export function never(): Promise<never> {
  return new Promise(() => {
    // Stays as it is.
  });
}
