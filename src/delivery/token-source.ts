import type { Clock } from './clock.ts';
import { redact } from './redact.ts';
import { untraced } from './suppression.ts';
import type { AccessToken, TokenCredential } from './token-credential.ts';

/** A credential that has not answered by then is taken to have failed. */
const DEADLINE_MILLIS = 10_000;

/** Where the issuer does not say when to refresh. A request with a token must end before the token does. */
const REFRESH_AHEAD_MILLIS = 5 * 60 * 1000;

/** Nothing but these may stand in a header; a line break would begin another one. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** A token, or why there is none. */
export type TokenResult = { readonly token: string } | { readonly failure: string };

/** Gets tokens from a credential, and keeps each until shortly before it expires. Never rejects. */
export class TokenSource {
  readonly #credential: TokenCredential;
  readonly #scope: string;
  readonly #clock: Clock;
  readonly #untraced = untraced();
  #current: AccessToken | undefined;
  #refreshing: Promise<TokenResult> | undefined;
  /** Ends the wait for the credential. */
  #giveUp: () => void = () => undefined;

  constructor(credential: TokenCredential, scope: string, clock: Clock) {
    this.#credential = credential;
    this.#scope = scope;
    this.#clock = clock;
  }

  get scope(): string {
    return this.#scope;
  }

  /** The present token, or a new one. Refreshes in the background while the present one is still good. */
  async get(): Promise<TokenResult> {
    const now = this.#clock.wallMillis();
    const current = this.#current;
    if (current === undefined || current.expiresOnTimestamp <= now) return this.#refresh();
    const refreshAtMillis = current.refreshAfterTimestamp ?? current.expiresOnTimestamp - REFRESH_AHEAD_MILLIS;
    if (refreshAtMillis <= now) void this.#refresh();
    return { token: current.token };
  }

  /** The service does not accept the present token. */
  forget(): void {
    this.#current = undefined;
  }

  /** Makes nobody wait any longer. */
  close(): void {
    this.#giveUp();
  }

  /** Callers at the same time share one request. */
  #refresh(): Promise<TokenResult> {
    this.#refreshing ??= this.#ask().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #ask(): Promise<TokenResult> {
    const name = nameOf(this.#credential);
    try {
      const answer = await this.#withDeadline(this.#untraced(() => this.#credential.getToken(this.#scope)));
      if (answer === undefined) return { failure: `${name} gave no answer within ${DEADLINE_MILLIS / 1000} s` };
      if (!isUsable(answer)) return { failure: `${name} gave a token that is not usable` };
      this.#current = answer;
      return { token: answer.token };
    } catch (error) {
      return { failure: `${name} failed: ${redact(String(error))}` };
    }
  }

  /** `undefined` when the credential takes too long. */
  async #withDeadline(answer: Promise<AccessToken | null>): Promise<AccessToken | null | undefined> {
    const deadline = new Promise<undefined>(resolve => {
      this.#giveUp = () => resolve(undefined);
    });
    const timer = this.#clock.schedule(DEADLINE_MILLIS, this.#giveUp);
    return Promise.race([answer, deadline]).finally(() => timer.cancel());
  }
}

/** Says which identity, for those who pass a class of `@azure/identity`. */
function nameOf(credential: TokenCredential): string {
  const { constructor } = credential as { constructor?: { name?: unknown } };
  const name = constructor?.name;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : 'The credential';
}

function isUsable(answer: AccessToken | null): answer is AccessToken {
  if (typeof answer?.token !== 'string' || !HEADER_SAFE.test(answer.token)) return false;
  return Number.isFinite(answer.expiresOnTimestamp);
}
