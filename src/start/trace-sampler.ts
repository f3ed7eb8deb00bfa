import { ApplicationInsightsSampler, RateLimitedSampler, type Sampler } from '../index.ts';
import { numberIn, textIn, type Environment } from './environment.ts';

/** The sampler that was given, or one of this library that the environment asks for, and what is wrong in how it asks. */
export interface ChosenSampler {
  /** Absent: the SDK chooses. */
  readonly sampler?: Sampler | undefined;
  readonly problem?: readonly string[];
}

/**
 * Adds Azure Monitor's two to the samplers that `OTEL_TRACES_SAMPLER` may name: `microsoft.fixed_percentage`, whose
 * `OTEL_TRACES_SAMPLER_ARG` is the part to keep, 0 to 1, and `microsoft.rate_limited`, whose is traces a second. The
 * names and their meaning are those of Microsoft's distribution, where this argument is a ratio too:
 * https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-sampling
 *
 * Without an argument that is right, everything is kept.
 */
export function chooseSampler(given: Sampler | undefined, environment: Environment): ChosenSampler {
  if (given !== undefined) return { sampler: given };
  const name = textIn(environment, 'OTEL_TRACES_SAMPLER');
  const argument = numberIn(environment, 'OTEL_TRACES_SAMPLER_ARG');
  if (name === 'microsoft.fixed_percentage') {
    return made('a ratio from 0 to 1', () => new ApplicationInsightsSampler(argument ?? Number.NaN));
  }
  if (name === 'microsoft.rate_limited') {
    return made('traces a second, 0 or more', () => new RateLimitedSampler(argument ?? Number.NaN));
  }
  return {};
}

function made(expected: string, make: () => Sampler): ChosenSampler {
  try {
    return { sampler: make() };
  } catch {
    const problem = `OTEL_TRACES_SAMPLER_ARG: expected ${expected}. Until it is corrected, everything is kept.`;
    return { sampler: new ApplicationInsightsSampler(), problem: [problem] };
  }
}
