import type { Context } from '@opentelemetry/api';
import { ConfigurationError } from '../configuration-error.ts';
import { decisionOfParent, type RemoteParents } from './parent.ts';
import { DROPPED, keptAt, type Sampler, type SamplingResult } from './sampler.ts';
import { isKept } from './score.ts';

/** What may be said to a sampler of this library. */
export interface SamplerOptions {
  /**
   * What to do about a trace that another process has begun: `follow` its decision, or `decide-again` from the id of
   * the trace.
   *
   * Followed, a trace is whole, but how many others it stands for is not known here: each of its items counts once,
   * and a service behind one that samples at 10 % shows a tenth of its requests. Decided again, every item counts
   * right, and a trace is whole when all processes on its way have the same percentage.
   *
   * @defaultValue `'follow'`
   */
  remoteParents?: RemoteParents | undefined;
}

/**
 * Keeps a fixed part of all traces, and says of each kept span how many it stands for.
 *
 * The decision comes from the id of the trace, by the same rule as in the Application Insights SDKs of other
 * languages, so that services with the same ratio keep the same traces. A span follows its parent.
 */
export class ApplicationInsightsSampler implements Sampler {
  readonly #percentage: number;
  readonly #remoteParents: RemoteParents;

  /**
   * `ratio` is the part to keep, 0 to 1, as finely as it is given: 0.001 keeps one trace in a thousand.
   *
   * @throws ConfigurationError for any other ratio.
   */
  constructor(ratio = 1, { remoteParents = 'follow' }: SamplerOptions = {}) {
    if (!(ratio >= 0 && ratio <= 1))
      throw new ConfigurationError(
        'OPTION_INVALID',
        `ratio: expected 0 to 1, found ${ratio}. Correct it or leave it out.`,
      );
    this.#percentage = toPercentage(ratio);
    this.#remoteParents = remoteParents;
  }

  shouldSample(context: Context, traceId: string): SamplingResult {
    const inherited = decisionOfParent(context, this.#remoteParents);
    if (inherited !== undefined) return inherited;
    return isKept(traceId, this.#percentage) ? keptAt(this.#percentage) : DROPPED;
  }

  toString(): string {
    return `ApplicationInsightsSampler{${this.#percentage}%}`;
  }
}

/** A ratio of 0.07 is 7 %, not 7.000000000000001 %, which floating point makes of it. */
function toPercentage(ratio: number): number {
  return Number((ratio * 100).toPrecision(12));
}
