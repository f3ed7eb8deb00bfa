import { AlwaysOnSampler } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { chooseSampler } from '../../src/start/trace-sampler.ts';

describe('chooseSampler', () => {
  const cases: [string | undefined, string | undefined, string | undefined, string?][] = [
    ['microsoft.fixed_percentage', '0.1', 'ApplicationInsightsSampler{10%}'],
    ['microsoft.rate_limited', '5', 'RateLimitedSampler{5/s}'],
    ['microsoft.rate_limited', '0.5', 'RateLimitedSampler{0.5/s}'],
    ['microsoft.fixed_percentage', '10', 'ApplicationInsightsSampler{100%}', 'a ratio from 0 to 1'],
    ['microsoft.fixed_percentage', undefined, 'ApplicationInsightsSampler{100%}', 'a ratio from 0 to 1'],
    ['microsoft.rate_limited', 'many', 'ApplicationInsightsSampler{100%}', 'traces a second, 0 or more'],
    ['parentbased_traceidratio', '0.1', undefined],
    [undefined, undefined, undefined],
  ];
  for (const [name, argument, sampler, expected] of cases) {
    it(`reads ${name ?? 'nothing'} with ${argument ?? 'no argument'}`, () => {
      const chosen = chooseSampler(undefined, { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument });
      expect(chosen.sampler?.toString()).to.equal(sampler);
      expect(chosen.problem).to.deep.equal(
        expected && [`OTEL_TRACES_SAMPLER_ARG: expected ${expected}. Until it is corrected, everything is kept.`],
      );
    });
  }

  it('prefers the one that was given', () => {
    const given = new AlwaysOnSampler();
    expect(chooseSampler(given, { OTEL_TRACES_SAMPLER: 'microsoft.rate_limited' })).to.deep.equal({ sampler: given });
  });
});
