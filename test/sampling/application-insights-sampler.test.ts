import { SpanKind } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { ApplicationInsightsSampler, ConfigurationError } from '../../src/index.ts';
import { INVALID_PARENT, localParent, NO_PARENT, remoteParent } from './parents.ts';
import { scatteredTraceId } from './scattered-trace-id.ts';

/** Scores 33.461354. */
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Scores 7.277266. */
const LOW_TRACE = '5b8aa5a2d2c872e8321cf37308d69df2';

describe('ApplicationInsightsSampler', () => {
  const decisions: [ratio: number, traceId: string, expected: object][] = [
    [1, TRACE, { decision: 2 }],
    [0.34, TRACE, { decision: 2, attributes: { 'microsoft.sample_rate': 34 } }],
    [0.33, TRACE, { decision: 0 }],
    [0.334_613, TRACE, { decision: 0 }],
    [0.334_614, TRACE, { decision: 2, attributes: { 'microsoft.sample_rate': 33.4614 } }],
    [0.07, LOW_TRACE, { decision: 0 }],
    [0.073, LOW_TRACE, { decision: 2, attributes: { 'microsoft.sample_rate': 7.3 } }],
    [0, LOW_TRACE, { decision: 0 }],
  ];
  for (const [ratio, traceId, expected] of decisions) {
    it(`decides about ${traceId} at ${ratio}`, () => {
      expect(new ApplicationInsightsSampler(ratio).shouldSample(NO_PARENT, traceId)).to.deep.equal(expected);
    });
  }

  it('keeps all traces unless told otherwise', () => {
    expect(new ApplicationInsightsSampler().shouldSample(NO_PARENT, TRACE)).to.deep.equal({ decision: 2 });
  });

  it('keeps one trace in a thousand, and says so', () => {
    const sampler = new ApplicationInsightsSampler(0.001);
    const results = Array.from({ length: 20_000 }, (_, index) =>
      sampler.shouldSample(NO_PARENT, scatteredTraceId(index)),
    ).filter(({ decision }) => decision === 2);
    expect(results).to.have.length.within(5, 50);
    expect(results[0]).to.deep.equal({ decision: 2, attributes: { 'microsoft.sample_rate': 0.1 } });
  });

  for (const ratio of [-0.1, 1.1, Number.NaN]) {
    it(`refuses a ratio of ${ratio}`, () => {
      expect(() => new ApplicationInsightsSampler(ratio))
        .to.throw(ConfigurationError, `ratio: expected 0 to 1, found ${ratio}. Correct it or leave it out.`)
        .with.property('code', 'OPTION_INVALID');
    });
  }

  it('follows a parent in this process, and hands its percentage on', () => {
    const sampler = new ApplicationInsightsSampler(0.5);
    const rate = { 'microsoft.sample_rate': 12.5 };
    expect(sampler.shouldSample(localParent(true, rate), TRACE)).to.deep.equal({ decision: 2, attributes: rate });
    expect(sampler.shouldSample(localParent(true), TRACE)).to.deep.equal({ decision: 2 });
    expect(sampler.shouldSample(localParent(false), TRACE)).to.deep.equal({ decision: 0 });
  });

  it('follows a parent in another process, of which no percentage is known', () => {
    expect(new ApplicationInsightsSampler(0).shouldSample(remoteParent(true), TRACE)).to.deep.equal({ decision: 2 });
    expect(new ApplicationInsightsSampler(1).shouldSample(remoteParent(false), TRACE)).to.deep.equal({ decision: 0 });
  });

  it('decides again about what another process has sent, when told to', () => {
    const sampler = new ApplicationInsightsSampler(0.34, { remoteParents: 'decide-again' });
    const kept = { decision: 2, attributes: { 'microsoft.sample_rate': 34 } };
    expect(sampler.shouldSample(remoteParent(false), TRACE)).to.deep.equal(kept);
    expect(sampler.shouldSample(remoteParent(true), TRACE)).to.deep.equal(kept);
    expect(sampler.shouldSample(localParent(false), TRACE)).to.deep.equal({ decision: 0 });
  });

  it('takes a parent without ids for none', () => {
    expect(new ApplicationInsightsSampler(1).shouldSample(INVALID_PARENT, TRACE)).to.deep.equal({ decision: 2 });
  });

  it('says what it is', () => {
    expect(String(new ApplicationInsightsSampler(0.07))).to.equal('ApplicationInsightsSampler{7%}');
  });

  it('works in the SDK: a trace is kept or dropped whole, and each span of it says for how many it stands', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      sampler: new ApplicationInsightsSampler(0.34),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
      idGenerator: { generateTraceId: () => TRACE, generateSpanId: () => '00f067aa0ba902b7' },
    });
    const tracer = provider.getTracer('test');
    const parent = tracer.startSpan('request', { kind: SpanKind.SERVER }, NO_PARENT);
    tracer.startSpan('call', { kind: SpanKind.CLIENT }, localParent(true, { 'microsoft.sample_rate': 34 })).end();
    tracer.startSpan('other call', { kind: SpanKind.CLIENT }, localParent(false)).end();
    parent.end();
    expect(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes])).to.deep.equal([
      ['call', { 'microsoft.sample_rate': 34 }],
      ['request', { 'microsoft.sample_rate': 34 }],
    ]);
  });
});
