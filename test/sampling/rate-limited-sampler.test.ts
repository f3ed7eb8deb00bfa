import { BasicTracerProvider, type Sampler } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import fc from 'fast-check';
import { ConfigurationError, RateLimitedSampler } from '../../src/index.ts';
import { localParent, NO_PARENT, remoteParent } from './parents.ts';
import { scatteredTraceId } from './scattered-trace-id.ts';

describe('RateLimitedSampler', () => {
  const steady: [perSecond: number, limit: number, kept: number, tolerance: number][] = [
    [2, 5, 2, 0],
    [10, 5, 5, 0.5],
    [20, 5, 5, 0.5],
    [100, 5, 5, 0.5],
    [1000, 5, 5, 0.5],
    [5, 0.5, 0.5, 0.2],
  ];
  for (const [perSecond, limit, kept, tolerance] of steady) {
    it(`keeps about ${kept} of ${perSecond} traces a second at a limit of ${limit}`, () => {
      const { keptPerSecond, itemsPerSecond } = run({ perSecond, limit, seconds: 600 });
      expect(keptPerSecond).to.be.closeTo(kept, tolerance);
      expect(itemsPerSecond / perSecond).to.be.closeTo(1, 0.1);
    });
  }

  it('counts traces and not spans: however many spans they have, as many are kept', () => {
    const { keptPerSecond } = run({ perSecond: 10, limit: 5, seconds: 600, childrenPerTrace: 20 });
    expect(keptPerSecond).to.be.closeTo(5, 0.5);
  });

  it('keeps the first traces of a process', () => {
    const sampler = new RateLimitedSampler(5, {}, () => 0);
    const first = Array.from({ length: 5 }, () => sampler.shouldSample(NO_PARENT, 'f'.repeat(32)).decision);
    expect(first).to.deep.equal([2, 2, 2, 2, 2]);
  });

  it('lets every kept item stand for a whole number of items', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.array(fc.nat(1000)), (limit, gaps) => {
        let now = 0;
        const sampler = new RateLimitedSampler(limit, {}, () => now);
        for (const gap of gaps) {
          now += gap / 10;
          const { attributes } = sampler.shouldSample(NO_PARENT, '0'.repeat(31) + '1');
          const items = 100 / Number(attributes?.['microsoft.sample_rate'] ?? 100);
          expect(Math.abs(items - Math.round(items))).to.be.below(1e-9 * items);
        }
      }),
    );
  });

  it('follows parents, in this process with their percentage', () => {
    const sampler = new RateLimitedSampler(0);
    const rate = { 'microsoft.sample_rate': 20 };
    expect(sampler.shouldSample(localParent(true, rate), 'a')).to.deep.equal({ decision: 2, attributes: rate });
    expect(sampler.shouldSample(remoteParent(true), 'a')).to.deep.equal({ decision: 2 });
    expect(sampler.shouldSample(remoteParent(false), 'a')).to.deep.equal({ decision: 0 });
  });

  it('counts what another process has sent, when told to decide again', () => {
    const sampler = new RateLimitedSampler(0, { remoteParents: 'decide-again' });
    expect(sampler.shouldSample(remoteParent(true), 'a')).to.deep.equal({ decision: 0 });
  });

  it('goes on when the clock steps back', () => {
    let now = 1000;
    const sampler = new RateLimitedSampler(5, {}, () => now);
    now = 0;
    expect(sampler.shouldSample(NO_PARENT, 'f'.repeat(32))).to.deep.equal({ decision: 2 });
  });

  for (const limit of [-1, Number.NaN, Infinity]) {
    it(`refuses a limit of ${limit}`, () => {
      expect(() => new RateLimitedSampler(limit))
        .to.throw(ConfigurationError, `tracesPerSecond: expected 0 or more, found ${limit}. Correct it.`)
        .with.property('code', 'OPTION_INVALID');
    });
  }

  it('says what it is, and fits the SDK', () => {
    const sampler: Sampler = new RateLimitedSampler(2.5);
    expect(new BasicTracerProvider({ sampler }).getTracer('test').startSpan('a').isRecording()).to.equal(true);
    expect(sampler.toString()).to.equal('RateLimitedSampler{2.5/s}');
  });
});

interface Load {
  readonly perSecond: number;
  readonly limit: number;
  readonly seconds: number;
  readonly childrenPerTrace?: number;
}

/** Starts traces at a steady rate on a clock of its own. */
function run({ perSecond, limit, seconds, childrenPerTrace = 0 }: Load): {
  keptPerSecond: number;
  itemsPerSecond: number;
} {
  let now = 0;
  let kept = 0;
  let items = 0;
  const sampler = new RateLimitedSampler(limit, {}, () => now);
  const count = perSecond * seconds;
  for (let index = 0; index < count; index += 1) {
    now += 1000 / perSecond;
    const { decision, attributes = {} } = sampler.shouldSample(NO_PARENT, scatteredTraceId(index));
    for (let child = 0; child < childrenPerTrace; child += 1)
      sampler.shouldSample(localParent(decision === 2, attributes), scatteredTraceId(index));
    if (decision !== 2) continue;
    kept += 1;
    items += 100 / Number(attributes['microsoft.sample_rate'] ?? 100);
  }
  return { keptPerSecond: kept / seconds, itemsPerSecond: items / seconds };
}
