import type { HttpTransport, HttpTransportOptions } from './http-transport.ts';
import type { Answer, PostRequest, Transport } from './transport.ts';

/** An {@link HttpTransport} that is loaded at the first request: `node:https` costs as much as all else that is imported. */
export class LateTransport implements Transport {
  readonly #options: HttpTransportOptions;
  #loading: Promise<HttpTransport> | undefined;
  #loaded: HttpTransport | undefined;
  #isClosed = false;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  async post(request: PostRequest): Promise<Answer> {
    const transport = await (this.#loading ??= this.#load());
    return transport.post(request);
  }

  close(): void {
    this.#isClosed = true;
    this.#loaded?.close();
  }

  async #load(): Promise<HttpTransport> {
    const { HttpTransport } = await import('./http-transport.ts');
    this.#loaded = new HttpTransport(this.#options);
    if (this.#isClosed) this.#loaded.close();
    return this.#loaded;
  }
}
