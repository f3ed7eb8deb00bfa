import type { Clock } from './clock.ts';
import { toOutcome, toRetryable, type Outcome, type Settled } from './outcome.ts';
import { rememberedMillis, resolveRedirect } from './redirect.ts';
import { retryAfterMillis } from './retry-after.ts';
import type { TokenSource } from './token-source.ts';
import type { Answer, Transport } from './transport.ts';

const MAX_REDIRECTS = 5;

/** For one body, whatever it takes: token, redirects, a second token. */
const TOTAL_MILLIS = 30_000;

/** What the service says to one body. */
export interface Reply {
  readonly outcome: Settled;
  /** How long it asks us to wait, clamped; it may do so whatever the outcome. */
  readonly retryAfterMillis: number | undefined;
  /** Who was asked last. */
  readonly host: string;
}

/** What an {@link IngestionEndpoint} is made of. */
export interface IngestionEndpointParts {
  /** The track address that the user configured. */
  readonly url: URL;
  readonly transport: Transport;
  readonly tokens: TokenSource | undefined;
  readonly clock: Clock;
}

/** Where later requests go straight to, and until when on the monotonic clock. */
interface Moved {
  readonly url: URL;
  readonly untilMillis: number;
}

/** One body on its way. */
interface Journey {
  readonly body: Uint8Array;
  readonly itemCount: number;
  readonly deadlineMillis: number;
  url: URL;
  redirects: number;
  hasNewToken: boolean;
}

/** The service as the sender sees it: takes a body, gives an outcome. Sees to redirects and tokens. */
export class IngestionEndpoint {
  readonly #parts: IngestionEndpointParts;
  #moved: Moved | undefined;
  #isClosed = false;

  constructor(parts: IngestionEndpointParts) {
    this.#parts = parts;
  }

  get #now(): number {
    return this.#parts.clock.monotonicMillis();
  }

  /** Sends one compressed body of so many items. Never rejects. */
  async send(body: Uint8Array, itemCount: number): Promise<Reply> {
    const deadlineMillis = this.#now + TOTAL_MILLIS;
    const url = this.#currentUrl();
    const journey = { body, itemCount, deadlineMillis, url, redirects: 0, hasNewToken: false };
    for (;;) {
      const reply = await this.#step(journey);
      if (reply !== undefined) return this.#forgetMovedOn(reply);
    }
  }

  /** Aborts what is under way and lets go of sockets. */
  close(): void {
    this.#isClosed = true;
    this.#parts.transport.close();
    this.#parts.tokens?.close();
  }

  #currentUrl(): URL {
    if (this.#moved !== undefined && this.#moved.untilMillis <= this.#now) this.#moved = undefined;
    return this.#moved?.url ?? this.#parts.url;
  }

  /** One request; `undefined` when it takes another one. */
  async #step(journey: Journey): Promise<Reply | undefined> {
    if (this.#isClosed) return this.#reply(journey, toRetryable('network', 'the delivery was shut down'));
    const token = await this.#tokenFor(journey.url);
    if (typeof token === 'object') return this.#reply(journey, toRetryable('credential', token.failure));
    const timeoutMillis = Math.max(1, Math.round(journey.deadlineMillis - this.#now));
    const answer = await this.#parts.transport.post({ url: journey.url, body: journey.body, token, timeoutMillis });
    const outcome = toOutcome(answer, journey.itemCount);
    if (outcome.kind === 'redirected') return this.#redirect(journey, outcome, answer);
    if (token !== undefined && this.#wantsNewToken(outcome, journey)) return undefined;
    return this.#reply(journey, outcome, answer);
  }

  /** A token never travels in the clear: an http endpoint, which is on loopback, gets none. */
  async #tokenFor(url: URL): Promise<string | undefined | { failure: string }> {
    const { tokens } = this.#parts;
    if (tokens === undefined || url.protocol !== 'https:') return undefined;
    const result = await tokens.get();
    return 'token' in result ? result.token : result;
  }

  #wantsNewToken(outcome: Settled, journey: Journey): boolean {
    const isUnauthorized = outcome.kind === 'retryable' && outcome.cause === 'unauthorized';
    if (!isUnauthorized || journey.hasNewToken) return false;
    this.#parts.tokens?.forget();
    journey.hasNewToken = true;
    return true;
  }

  #redirect(journey: Journey, outcome: Outcome & { kind: 'redirected' }, answer: Answer): Reply | undefined {
    const { url: configured } = this.#parts;
    const redirect = resolveRedirect(outcome.location, journey.url, configured);
    if ('refusal' in redirect) return this.#reply(journey, toRetryable('misdirected', redirect.refusal), answer);
    if (journey.redirects >= MAX_REDIRECTS) {
      return this.#reply(journey, toRetryable('misdirected', `more than ${MAX_REDIRECTS} redirects`), answer);
    }
    journey.redirects += 1;
    journey.url = redirect.url;
    const remembered = answer.kind === 'response' ? rememberedMillis(answer.headers, outcome.permanent) : 0;
    if (remembered > 0) this.#moved = { url: redirect.url, untilMillis: this.#now + remembered };
    return undefined;
  }

  #reply(journey: Journey, outcome: Settled, answer?: Answer): Reply {
    const headers = answer?.kind === 'response' ? answer.headers : {};
    return {
      outcome,
      retryAfterMillis: retryAfterMillis(headers, this.#parts.clock.wallMillis()),
      host: journey.url.host,
    };
  }

  /** One failure of the new address is enough to ask the configured one again. */
  #forgetMovedOn(reply: Reply): Reply {
    if (reply.outcome.kind === 'retryable') this.#moved = undefined;
    return reply;
  }
}
