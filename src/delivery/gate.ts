import { backoffMillis, type Backoff } from './backoff.ts';
import type { Cause } from './cause.ts';
import type { Clock, Timer } from './clock.ts';
import type { GateStats } from './stats.ts';

/** The right to send one request. Handed back to the gate with the result. */
export interface Pass {
  /** The only request that may go out, to find out whether the failure has passed. */
  readonly isProbe: boolean;
  /** How often the gate had closed when the request began. */
  readonly closings: number;
}

/** Why and for how long the gate is to close. */
export interface Closing {
  readonly reason: string;
  readonly cause: Cause | undefined;
  readonly backoff: Backoff | undefined;
  /** What the service asked for, clamped; it wins over the backoff. */
  readonly retryAfterMillis?: number | undefined;
}

/** A fleet that was told the same wait comes back spread over a fifth of it. */
const RETRY_AFTER_JITTER = 0.2;

/** What a {@link Gate} is made of. */
export interface GateParts {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Called after each change of state; when the gate has reopened, requests may begin from within. */
  readonly onChange: (stats: GateStats) => void;
}

/**
 * Decides when requests may go out.
 *
 * Open until a request fails; then closed for as long as the service asks, or else for an exponential backoff; then
 * half-open: one request tries, and its result opens the gate or closes it for longer. It never reopens before the
 * latest wait that the service asked for, whatever requests that were already under way bring back.
 */
export class Gate {
  readonly #parts: GateParts;
  #state: GateStats['state'] = 'open';
  #closing: Closing | undefined;
  #failures = 0;
  #failingSinceMillis = 0;
  #closings = 0;
  #isProbing = false;
  #reopensAtMillis = 0;
  #timer: Timer | undefined;
  #isShut = false;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  stats(): GateStats {
    if (this.#state === 'open') return { state: 'open' };
    const { reason, cause } = this.#closing ?? {};
    if (this.#state === 'half-open') return { state: 'half-open', reason, cause };
    const reopensInMillis = Math.max(0, this.#reopensAtMillis - this.#parts.clock.monotonicMillis());
    return { state: 'closed', reason, cause, reopensInMillis };
  }

  /** Lets one request out, or nothing. Each pass must come back by {@link passed}, {@link failed} or {@link unused}. */
  enter(): Pass | undefined {
    if (this.#isShut || this.#state === 'closed' || this.#isProbing) return undefined;
    this.#isProbing = this.#state === 'half-open';
    return { isProbe: this.#isProbing, closings: this.#closings };
  }

  /** There was nothing to send after all. */
  unused(pass: Pass): void {
    if (pass.isProbe && !this.#isStale(pass)) this.#isProbing = false;
  }

  /** The service took something. Even so it may ask for a pause. */
  passed(pass: Pass, pause: Closing): void {
    this.unused(pass);
    if (this.#isStale(pass)) return this.#prolong(pause);
    this.#failures = 0;
    if (pause.backoff !== undefined || pause.retryAfterMillis !== undefined) return this.#close(pause);
    if (this.#state !== 'open') this.#change('open');
  }

  /** The request failed in a way that will pass. */
  failed(pass: Pass, closing: Closing): void {
    this.unused(pass);
    if (this.#isStale(pass)) return this.#prolong(closing);
    if (this.#failures === 0) this.#failingSinceMillis = this.#parts.clock.monotonicMillis();
    this.#failures += 1;
    this.#close(closing);
  }

  /** Closes for good. */
  shut(): void {
    this.#isShut = true;
    this.#timer?.cancel();
  }

  /** The gate closed while the request was under way: its result says nothing about now. */
  #isStale(pass: Pass): boolean {
    return pass.closings !== this.#closings;
  }

  /** A wait the service asks for holds, even when the answer that brings it is stale. */
  #prolong(closing: Closing): void {
    const reopensAtMillis = this.#reopensAt(closing);
    if (closing.retryAfterMillis === undefined || reopensAtMillis <= this.#reopensAtMillis) return;
    this.#close(closing, reopensAtMillis);
  }

  #close(closing: Closing, reopensAtMillis = this.#reopensAt(closing)): void {
    this.#closings += 1;
    this.#isProbing = false;
    this.#closing = closing;
    this.#reopensAtMillis = reopensAtMillis;
    this.#armTimer();
    this.#change('closed');
  }

  #reopensAt({ backoff, retryAfterMillis }: Closing): number {
    const { clock, random } = this.#parts;
    const nowMillis = clock.monotonicMillis();
    if (retryAfterMillis !== undefined) return nowMillis + retryAfterMillis * (1 + RETRY_AFTER_JITTER * random());
    return nowMillis + (backoff === undefined ? 0 : this.#backoffMillis(backoff));
  }

  /** At most half as long as it has failed: after an hour's outage minutes do not matter, after a minute's they do. */
  #backoffMillis({ shortestMillis, longestMillis }: Backoff): number {
    const { clock, random } = this.#parts;
    const failingMillis = this.#failures === 0 ? 0 : clock.monotonicMillis() - this.#failingSinceMillis;
    const halfMillis = Math.max(2 * shortestMillis, Math.floor(failingMillis / 2));
    const backoff = { shortestMillis, longestMillis: Math.min(longestMillis, halfMillis) };
    return backoffMillis(backoff, this.#failures, random());
  }

  #armTimer(): void {
    if (this.#isShut) return;
    const { clock } = this.#parts;
    this.#timer?.cancel();
    const wait = Math.ceil(this.#reopensAtMillis - clock.monotonicMillis());
    this.#timer = clock.schedule(wait, () => this.#halfOpen());
  }

  #halfOpen(): void {
    // Timers count whole milliseconds and may fire a fraction early.
    if (this.#parts.clock.monotonicMillis() < this.#reopensAtMillis) return this.#armTimer();
    this.#change('half-open');
  }

  #change(state: GateStats['state']): void {
    this.#state = state;
    this.#parts.onChange(this.stats());
  }
}
