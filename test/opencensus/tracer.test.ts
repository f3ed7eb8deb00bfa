import { context, trace, TraceFlags } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { B3FormatPropagator } from '../../src/opencensus/b3-format-propagator.ts';
import { AlwaysOffSampler, AlwaysOnSampler } from '../../src/opencensus/sampler.ts';
import { SpanContext } from '../../src/opencensus/span-context.ts';
import { SpanKind } from '../../src/opencensus/span-kind.ts';
import { Span } from '../../src/opencensus/span.ts';
import { TraceOptions } from '../../src/opencensus/trace-options.ts';
import type { TracerOptions } from '../../src/opencensus/tracer-options.ts';
import { Tracer } from '../../src/opencensus/tracer.ts';
import { warningsOf } from './captured-warnings.ts';
import { CollectedSpans } from './collected-spans.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CALLER_ID = 'b7ad6b7169203331';

describe('a Tracer', () => {
  it('gives back what the function in a span returns, and ends the span', () => {
    const { tracer, collected } = withTracer();
    expect(tracer.span('work', () => 7)).to.equal(7);
    expect(collected.names).to.deep.equal(['work']);
  });

  it('ends the span of an asynchronous function when it is done', async () => {
    const { tracer, collected } = withTracer();
    const done = tracer.span('work', () => sleep(1, 'done'));
    expect(collected.names).to.deep.equal([]);
    expect(await done).to.equal('done');
    expect(collected.names).to.deep.equal(['work']);
  });

  it('notes the error of a function, and lets it through', () => {
    const { tracer, collected } = withTracer();
    const error = new TypeError('no such thing');
    const work = () => tracer.span('work', () => thrown(error));
    expect(work).to.throw(error);
    expect(String(collected.named('work').status)).to.equal("Status(code=2, message='no such thing')");
    expect(collected.named('work').stackTrace?.stackFrames[0]?.fileName).to.include('tracer.test.ts');
  });

  it('notes the error of an asynchronous function, and lets it through', async () => {
    const { tracer, collected } = withTracer();
    const error = new Error('too late');
    const rejected = await tracer.span('work', () => Promise.reject(error)).catch((reason: unknown) => reason);
    expect(rejected).to.equal(error);
    expect(String(collected.named('work').status)).to.equal("Status(code=2, message='too late')");
  });

  it('puts all its spans into one trace', () => {
    const { tracer, collected } = withTracer();
    tracer.span('first', () => tracer.span('inside', () => undefined));
    tracer.span('second', () => undefined);
    expect(collected.spans.map(span => span.context.traceId)).to.deep.equal(
      Array.from({ length: 3 }, () => tracer.spanContext.traceId),
    );
    expect(collected.parents).to.deep.equal({ first: null, inside: 'first', second: null });
    expect(new Set(collected.spans.map(span => span.spanId)).size).to.equal(3);
  });

  it('begins another trace with the same options', () => {
    const { tracer, collected } = withTracer({
      spanContext: new SpanContext({ traceId: TRACE_ID, spanId: CALLER_ID }),
    });
    tracer.newTrace().span('work', () => undefined);
    expect(collected.named('work').context.traceId).to.not.equal(TRACE_ID);
    expect(collected.named('work').parentSpanId).to.equal(null);
  });

  it('keeps 100 overlapping asynchronous calls apart', async () => {
    const { tracer, collected } = withTracer();
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    await tracer.span('all', () =>
      Promise.all(
        numbers.map(number =>
          tracer.span(`outer ${number}`, async outer => {
            await sleep(number % 7);
            expect(tracer.currentSpan()).to.equal(outer);
            await tracer.span(`inner ${number}`, async inner => {
              await sleep(number % 5);
              expect(tracer.currentSpan()).to.equal(inner);
            });
            expect(tracer.currentSpan()).to.equal(outer);
          }),
        ),
      ),
    );
    expect(collected.parents).to.deep.equal({
      all: null,
      ...Object.fromEntries(numbers.map(number => [`outer ${number}`, 'all'])),
      ...Object.fromEntries(numbers.map(number => [`inner ${number}`, `outer ${number}`])),
    });
  });

  it('nests spans that are started and ended', () => {
    const { tracer, collected } = withTracer();
    const outer = tracer.startSpan('outer');
    const inner = tracer.startSpan('inner');
    expect(tracer.currentSpan()).to.equal(inner);
    expect(tracer.spanContext.spanId).to.equal(inner.spanId);
    expect(tracer.endSpan()).to.equal(inner);
    expect(tracer.currentSpan()).to.equal(outer);
    tracer.span('function', () => undefined);
    tracer.endSpan();
    expect(tracer.currentSpan()).to.equal(undefined);
    expect(tracer.spanContext.spanId).to.equal(null);
    expect(collected.parents).to.deep.equal({ outer: null, inner: 'outer', function: 'outer' });
  });

  it('goes on in the outer span when an inner one outlives it', () => {
    const { tracer, collected } = withTracer();
    const outer = tracer.startSpan('outer');
    const inner = tracer.startSpan('inner');
    outer.finish();
    expect(tracer.currentSpan()).to.equal(inner);
    inner.finish();
    expect(tracer.currentSpan()).to.equal(undefined);
    expect(collected.names).to.deep.equal(['outer', 'inner']);
  });

  it('ends spans with their block', () => {
    const { tracer, collected } = withTracer();
    {
      using outer = tracer.span('outer');
      using inner = tracer.span('inner');
      expect([outer.hasEnded, inner.hasEnded]).to.deep.equal([false, false]);
    }
    tracer.span('after', () => undefined);
    expect(collected.parents).to.deep.equal({ inner: 'outer', outer: null, after: null });
    expect(collected.names).to.deep.equal(['inner', 'outer', 'after']);
  });

  it('leaves no ended span to the caller of an asynchronous function', async () => {
    const { tracer } = withTracer();
    await usingSpan(tracer);
    expect(tracer.currentSpan()).to.equal(undefined);
  });

  it('ends all that is open, the last first', () => {
    const { tracer, collected } = withTracer();
    for (const name of ['a', 'b', 'c']) tracer.startSpan(name);
    tracer.finish();
    tracer.finish();
    expect(collected.names).to.deep.equal(['c', 'b', 'a']);
  });

  it('warns when there is no span to end', () => {
    const { tracer } = withTracer();
    expect(warningsOf(() => tracer.endSpan())).to.deep.equal(['No active span, cannot do end_span.']);
    expect(warningsOf(() => tracer.addAttributeToCurrentSpan('a', 1))).to.deep.equal([
      'No active span, cannot add an attribute.',
    ]);
  });

  it('sets attributes of the current span', () => {
    const { tracer, collected } = withTracer();
    tracer.span('work', () => tracer.addAttributeToCurrentSpan('tries', 3));
    expect(String(collected.named('work').attributes)).to.equal("BoundedDict({'tries': 3}, maxlen=32)");
  });

  it('goes on with the trace of a caller', () => {
    const spanContext = new SpanContext({ traceId: TRACE_ID, spanId: CALLER_ID });
    const { tracer, collected } = withTracer({ spanContext });
    tracer.span('work', { spanKind: SpanKind.SERVER }, () => undefined);
    const { context, parentSpanId, spanKind } = collected.named('work');
    expect([context.traceId, parentSpanId, spanKind]).to.deep.equal([TRACE_ID, CALLER_ID, 1]);
    expect(tracer.spanContext.spanId).to.equal(CALLER_ID);
  });

  it('goes on with the trace that the headers of a request name', () => {
    const collected = new CollectedSpans();
    const options = { exporter: collected, sampler: new AlwaysOffSampler() };
    const sampled = Tracer.fromHeaders(
      { traceparent: `00-${TRACE_ID}-${CALLER_ID}-01` },
      {
        ...options,
        sampler: { shouldSample: ({ traceOptions }) => traceOptions.enabled },
      },
    );
    sampled.span('work', () => {
      expect(sampled.propagator.toHeaders(sampled.spanContext)).to.deep.equal({
        traceparent: `00-${TRACE_ID}-${sampled.currentSpan()?.spanId}-01`,
      });
    });
    const { context, parentSpanId } = collected.named('work');
    expect([context.traceId, parentSpanId]).to.deep.equal([TRACE_ID, CALLER_ID]);
    expect(Tracer.fromHeaders({}, options).spanContext.traceId).to.not.equal(TRACE_ID);
  });

  it('reads headers with the propagator that it is given', () => {
    const propagator = new B3FormatPropagator();
    const tracer = Tracer.fromHeaders(
      { b3: `${TRACE_ID}-${CALLER_ID}` },
      { propagator, sampler: new AlwaysOffSampler() },
    );
    expect(tracer.propagator).to.equal(propagator);
    expect(tracer.newTrace().propagator).to.equal(propagator);
    expect([tracer.spanContext.traceId, tracer.spanContext.spanId]).to.deep.equal([TRACE_ID, CALLER_ID]);
  });

  it('decorates functions and methods, which keep what they take, what they give and their `this`', async () => {
    const { tracer, collected } = withTracer();
    class Cart {
      readonly items = 3;
      @tracer.traceDecorator()
      async total(price: number): Promise<number> {
        await sleep(1);
        return this.items * price;
      }
    }
    const half = tracer.traceDecorator()(function half(whole: number) {
      return whole / 2;
    });
    const failing = tracer.traceDecorator()(() => thrown(new Error('broken')));
    expect([half(6), await new Cart().total(2)]).to.deep.equal([3, 6]);
    expect(() => failing()).to.throw('broken');
    expect(collected.spans.map(({ name, status }) => [name, status?.code])).to.deep.equal([
      ['half', undefined],
      ['total', undefined],
      ['span', 2],
    ]);
    expect(tracer.currentSpan()).to.equal(undefined);
  });

  it('tells of each span that is recorded when it starts', () => {
    const { tracer } = withTracer();
    const names: string[] = [];
    const remove = [
      Span.onCreate(() => thrown(new Error('broken'))),
      Span.onCreate(span => {
        names.push(span.name);
        span.addAttribute('host', 'a');
      }),
    ];
    expect(warningsOf(() => tracer.span('outer', span => span.span('child').finish()))).to.deep.equal([
      'A callback threw',
    ]);
    new Tracer({ sampler: new AlwaysOffSampler() }).span('unsampled', () => undefined);
    for (const each of remove) each();
    tracer.span('after', () => undefined);
    expect(names).to.deep.equal(['outer', 'child']);
  });

  it('makes spans under that of another tracer in its own trace, as OpenCensus does', () => {
    const { tracer, collected } = withTracer();
    const other = new Tracer({
      sampler: new AlwaysOnSampler(),
      exporter: collected,
      spanContext: new SpanContext({ traceId: TRACE_ID }),
    });
    tracer.span('outer', () => other.span('inner', () => undefined));
    expect(collected.parents).to.deep.equal({ inner: 'outer', outer: null });
    expect(collected.named('inner').context.traceId).to.equal(TRACE_ID);
  });

  it('records nothing when its trace is not sampled, and says so to those it calls', () => {
    const { tracer, collected } = withTracer({ sampler: new AlwaysOffSampler() });
    const flags = tracer.span('work', span => {
      span.addAttribute('a', 1);
      span.span('child').finish();
      return trace.getActiveSpan()?.spanContext().traceFlags;
    });
    expect(flags).to.equal(TraceFlags.NONE);
    expect([tracer.isSampled, tracer.spanContext.traceOptions.enabled, collected.spans.length]).to.deep.equal([
      false,
      false,
      0,
    ]);
  });

  it('asks its sampler once, and does not change the context it was given', () => {
    let asked = 0;
    const spanContext = new SpanContext({ traceId: TRACE_ID, traceOptions: new TraceOptions(0) });
    const { tracer } = withTracer({ spanContext, sampler: { shouldSample: () => ++asked > 0 } });
    tracer.span('a', () => tracer.span('b', () => undefined));
    expect([asked, spanContext.traceOptions.enabled, tracer.spanContext.traceOptions.enabled]).to.deep.equal([
      1,
      false,
      true,
    ]);
  });
});

describe('a Tracer beside OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const openTelemetry = tracerProvider.getTracer('app');
  beforeEach(() => exporter.reset());

  it("joins the application's own provider", () => {
    const tracer = new Tracer({ tracerProvider });
    tracer.span('outer', { spanKind: SpanKind.CLIENT }, span => {
      span.addAttribute('tries', 3);
      openTelemetry.startActiveSpan('middle', middle => {
        tracer.span('inner', () => undefined);
        middle.end();
      });
    });
    const [inner, middle, outer] = exporter.getFinishedSpans();
    expect([inner?.name, middle?.name, outer?.name]).to.deep.equal(['inner', 'middle', 'outer']);
    expect(outer?.parentSpanContext).to.equal(undefined);
    expect(middle?.parentSpanContext?.spanId).to.equal(outer?.spanContext().spanId);
    expect(inner?.parentSpanContext?.spanId).to.equal(middle?.spanContext().spanId);
    expect(outer?.kind).to.equal(2);
    expect(outer?.attributes).to.deep.equal({ tries: 3 });
  });

  it("leaves the decision of a caller to the application's own sampler", () => {
    for (const flags of ['00', '01'])
      Tracer.fromHeaders({ traceparent: `00-${TRACE_ID}-${CALLER_ID}-${flags}` }, { tracerProvider }).span(
        flags,
        () => undefined,
      );
    const spans = exporter.getFinishedSpans().map(span => [span.name, span.parentSpanContext?.spanId]);
    expect(spans).to.deep.equal([['01', CALLER_ID]]);
  });

  it('is the parent of what OpenTelemetry starts in its spans, started either way', () => {
    const { tracer, collected } = withTracer();
    const span = tracer.startSpan('started');
    openTelemetry.startSpan('in started').end();
    span.finish();
    tracer.span('function', () => openTelemetry.startSpan('in function').end());
    const [started, inFunction] = exporter.getFinishedSpans();
    expect(started?.parentSpanContext?.spanId).to.equal(collected.named('started').spanId);
    expect(inFunction?.parentSpanContext?.spanId).to.equal(collected.named('function').spanId);
    expect(inFunction?.spanContext().traceId).to.equal(tracer.spanContext.traceId);
  });

  it('makes spans under the active one of OpenTelemetry, in its trace', () => {
    const { tracer, collected } = withTracer();
    const parent = openTelemetry.startSpan('request');
    context.with(trace.setSpan(context.active(), parent), () => {
      expect(tracer.currentSpan()).to.equal(undefined);
      tracer.span('work', () => undefined);
    });
    const { context: spanContext, parentSpanId } = collected.named('work');
    expect(parentSpanId).to.equal(parent.spanContext().spanId);
    expect(spanContext.traceId).to.equal(parent.spanContext().traceId);
  });

  it('keeps listeners and callbacks that OpenTelemetry binds in their context', () => {
    const { tracer } = withTracer();
    const bound = tracer.span('work', span => context.bind(context.active(), () => tracer.currentSpan() === span));
    expect(bound()).to.equal(true);
  });
});

function withTracer(options: TracerOptions = {}): { tracer: Tracer; collected: CollectedSpans } {
  const collected = new CollectedSpans();
  return { tracer: new Tracer({ sampler: new AlwaysOnSampler(), exporter: collected, ...options }), collected };
}

async function usingSpan(tracer: Tracer): Promise<void> {
  using span = tracer.span('work');
  await sleep(1);
  expect(span.hasEnded).to.equal(false);
}

function thrown(error: Error): never {
  throw error;
}
