import { systemClock, type Clock, type Timer } from './clock.ts';
import type { HttpTransportOptions } from './http-transport.ts';
import type { Answer, PostRequest, Transport, WarmableTransport } from './transport.ts';

/** By then most programs have started, and few have telemetry to send. */
const WARM_UP_MILLIS = 1000;

/** What tests replace in a {@link LateTransport}. */
export interface LateTransportParts {
  readonly clock?: Clock | undefined;
  readonly load?: (() => Promise<WarmableTransport>) | undefined;
}

/**
 * A transport over HTTP that is loaded a second after this was made, or at its first request if that comes first.
 *
 * `node:https` and got cost a hundred times what all else does that is imported. A program should not have to stand
 * still for them when it has begun to serve.
 */
export class LateTransport implements Transport {
  readonly #load: () => Promise<WarmableTransport>;
  readonly #timer: Timer;
  #loading: Promise<WarmableTransport> | undefined;
  #loaded: WarmableTransport | undefined;
  #isClosed = false;

  constructor(options: HttpTransportOptions, parts: LateTransportParts = {}) {
    const { clock = systemClock, load = () => loadHttpTransport(options) } = parts;
    this.#load = load;
    this.#timer = clock.schedule(WARM_UP_MILLIS, () => void this.#warmUp());
  }

  async post(request: PostRequest): Promise<Answer> {
    this.#timer.cancel();
    const transport = await (this.#loading ??= this.#open());
    return transport.post(request);
  }

  close(): void {
    this.#isClosed = true;
    this.#timer.cancel();
    this.#loaded?.close();
  }

  async #warmUp(): Promise<void> {
    try {
      (await (this.#loading ??= this.#open())).warmUp();
    } catch {
      // The first request fails of the same, and says so.
    }
  }

  async #open(): Promise<WarmableTransport> {
    this.#loaded = await this.#load();
    if (this.#isClosed) this.#loaded.close();
    return this.#loaded;
  }
}

async function loadHttpTransport(options: HttpTransportOptions): Promise<WarmableTransport> {
  const { HttpTransport } = await import('./http-transport.ts');
  return new HttpTransport(options);
}
