import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { AlwaysOffSampler, AlwaysOnSampler, ProbabilitySampler } from '../../src/opencensus/sampler.ts';
import { SpanContext } from '../../src/opencensus/span-context.ts';
import { TraceOptions } from '../../src/opencensus/trace-options.ts';

const UPPER_HALF = 'ffffffffffffffff';
const LOWER_HALVES = [
  '0000000000000001',
  'ffffffffffffffff',
  '8000000000000000',
  '7fffffffffffffff',
  '199999999999999a',
  '1999999999999999',
];

/** What OpenCensus Python decides. */
const DECISIONS: readonly (readonly [rate: number, decisions: readonly boolean[]])[] = [
  [0, [false, false, false, false, false, false]],
  [0.1, [true, false, false, false, true, true]],
  [0.5, [true, false, true, true, true, true]],
  [1, [true, true, true, true, true, true]],
];

describe('ProbabilitySampler', () => {
  for (const [rate, decisions] of DECISIONS) {
    it(`decides at ${rate} as OpenCensus does`, () => {
      const sampler = new ProbabilitySampler(rate);
      expect(LOWER_HALVES.map(half => sampler.shouldSample(contextOf(UPPER_HALF + half)))).to.deep.equal(decisions);
    });

    it(`decides at ${rate} the same for OpenTelemetry`, () => {
      const sampler = new ProbabilitySampler(rate);
      const results = LOWER_HALVES.map(half => sampler.shouldSample(ROOT_CONTEXT, UPPER_HALF + half));
      expect(results.map(result => result.decision === 2)).to.deep.equal(decisions);
    });
  }

  it('decides about 100,000 random ids by comparing the lower half with the rate', () => {
    const rate = 0.3;
    const sampler = new ProbabilitySampler(rate);
    const wrong = Array.from({ length: 100_000 }, () => randomBytes(16)).filter(id => {
      const isSampled = sampler.shouldSample(contextOf(id.toString('hex')));
      // 0.3 as a float is 5404319552844595 / 2^54, and 2^64 - 1 as a float is 2^64.
      return isSampled !== id.readBigUInt64BE(8) <= 5_404_319_552_844_595n * 2n ** 10n;
    });
    expect(wrong).to.deep.equal([]);
  });

  it('records lower half 0 even at rate 0', () => {
    const traceId = `${UPPER_HALF}0000000000000000`;
    expect(new ProbabilitySampler(0).shouldSample(contextOf(traceId))).to.equal(true);
  });

  it('records one trace in 10,000 unless told otherwise', () => {
    expect(new ProbabilitySampler().rate).to.equal(1e-4);
  });

  it('records what the caller has sampled, and decides anew about what the caller has not', () => {
    const sampled = new SpanContext({ traceId: UPPER_HALF + UPPER_HALF, traceOptions: new TraceOptions(1) });
    expect(new ProbabilitySampler(0).shouldSample(sampled)).to.equal(true);
    expect(new ProbabilitySampler(1).shouldSample(contextOf(UPPER_HALF + UPPER_HALF))).to.equal(true);
  });

  it('follows a caller, and nobody else, when it is told to', () => {
    const sampler = new ProbabilitySampler(1, { parentBased: true });
    const ids = { traceId: UPPER_HALF + UPPER_HALF, spanId: UPPER_HALF };
    const of = (traceFlags: TraceFlags) => trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags });
    expect([
      sampler.shouldSample(new SpanContext(ids)),
      sampler.shouldSample(new SpanContext({ ...ids, traceOptions: new TraceOptions(1) })),
      sampler.shouldSample(new SpanContext({ traceId: ids.traceId })),
    ]).to.deep.equal([false, true, true]);
    expect(
      [of(TraceFlags.NONE), of(TraceFlags.SAMPLED), ROOT_CONTEXT].map(
        context => sampler.shouldSample(context, ids.traceId).decision,
      ),
    ).to.deep.equal([0, 2, 2]);
    expect(new ProbabilitySampler(1).shouldSample(of(TraceFlags.NONE), ids.traceId).decision).to.equal(2);
  });

  for (const rate of [-0.1, 1.1, NaN]) {
    it(`refuses the rate ${rate}`, () => {
      expect(() => new ProbabilitySampler(rate)).to.throw(RangeError, 'Rate must between 0 and 1.');
    });
  }
});

describe('the samplers in the SDK of OpenTelemetry', () => {
  for (const [sampler, flags, ended] of [
    [new AlwaysOnSampler(), TraceFlags.SAMPLED, ['work']],
    [new ProbabilitySampler(1), TraceFlags.SAMPLED, ['work']],
    [new AlwaysOffSampler(), TraceFlags.NONE, []],
    [new ProbabilitySampler(0), TraceFlags.NONE, []],
  ] as const) {
    it(`${sampler.toString()} decides`, () => {
      const exporter = new InMemorySpanExporter();
      const provider = new TracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor({ exporter })] });
      const span = provider.getTracer('test').startSpan('work', { kind: SpanKind.SERVER });
      span.end();
      expect(span.spanContext().traceFlags).to.equal(flags);
      expect(exporter.getFinishedSpans().map(({ name }) => name)).to.deep.equal(ended);
    });
  }

  it('AlwaysOnSampler and AlwaysOffSampler decide for a Tracer too', () => {
    expect(new AlwaysOnSampler().shouldSample(contextOf(UPPER_HALF + UPPER_HALF))).to.equal(true);
    expect(new AlwaysOffSampler().shouldSample(contextOf(UPPER_HALF + UPPER_HALF))).to.equal(false);
  });
});

function contextOf(traceId: string): { traceId: string; traceOptions: TraceOptions } {
  return { traceId, traceOptions: new TraceOptions() };
}
