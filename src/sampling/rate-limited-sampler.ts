import type { Context } from '@opentelemetry/api';
import { ConfigurationError } from '../configuration-error.ts';
import type { SamplerOptions } from './application-insights-sampler.ts';
import { decisionOfParent, type RemoteParents } from './parent.ts';
import { DROPPED, keptAt, type Sampler, type SamplingResult } from './sampler.ts';
import { isKept } from './score.ts';

/** How long the rate of new traces is remembered: after as much, a change has done most of its effect. */
const ADAPTATION_MILLIS = 100;
/** A process begins as if it had seen no trace for a second, so that its first ones are kept. */
const QUIET_MILLIS_BEFORE = 1000;

/**
 * Keeps about as many new traces a second as it is told, more rarely when there are more of them.
 *
 * Traces are counted, not spans: a span follows its parent. The percentage is always 100 divided by a whole number,
 * rounded down, so that every kept item stands for a whole number of items.
 */
export class RateLimitedSampler implements Sampler {
  readonly #tracesPerSecond: number;
  readonly #remoteParents: RemoteParents;
  readonly #rate: RateEstimate;

  /**
   * `tracesPerSecond` is the limit, 0 or more; a fraction is one too. `now` gives milliseconds that only ever grow;
   * tests pass their own.
   *
   * @throws ConfigurationError for any other limit.
   */
  constructor(
    tracesPerSecond: number,
    { remoteParents = 'follow' }: SamplerOptions = {},
    now: () => number = () => performance.now(),
  ) {
    if (!(tracesPerSecond >= 0 && tracesPerSecond < Infinity))
      throw new ConfigurationError(
        'OPTION_INVALID',
        `tracesPerSecond: expected 0 or more, found ${tracesPerSecond}. Correct it.`,
      );
    this.#tracesPerSecond = tracesPerSecond;
    this.#remoteParents = remoteParents;
    this.#rate = new RateEstimate(now);
  }

  shouldSample(context: Context, traceId: string): SamplingResult {
    const inherited = decisionOfParent(context, this.#remoteParents);
    if (inherited !== undefined) return inherited;
    const percentage = wholeItems((this.#tracesPerSecond / this.#rate.next()) * 100);
    return isKept(traceId, percentage) ? keptAt(percentage) : DROPPED;
  }

  toString(): string {
    return `RateLimitedSampler{${this.#tracesPerSecond}/s}`;
  }
}

/** The largest percentage, not above this one, of which 100 is a whole multiple. */
function wholeItems(percentage: number): number {
  return percentage >= 100 ? 100 : 100 / Math.ceil(100 / percentage);
}

/**
 * How many traces begin in a second, going by those before: a count that fades, over the time in which it was made,
 * which fades alike. Both stay exact for a steady rate however slow or fast it is.
 *
 * After the rate-limiting sampler of OpenTelemetry for Java,
 * https://github.com/open-telemetry/opentelemetry-java-contrib/tree/main/consistent-sampling
 */
class RateEstimate {
  readonly #now: () => number;
  #lastMillis: number;
  #count = 0;
  #millis = QUIET_MILLIS_BEFORE;

  constructor(now: () => number) {
    this.#now = now;
    this.#lastMillis = now();
  }

  /** Counts a trace and gives the rate a second. */
  next(): number {
    const now = this.#now();
    const passed = Math.max(0, now - this.#lastMillis);
    const fading = Math.exp(-passed / ADAPTATION_MILLIS);
    this.#lastMillis = now;
    this.#count = this.#count * fading + 1;
    this.#millis = this.#millis * fading + passed;
    return (this.#count / this.#millis) * 1000;
  }
}
