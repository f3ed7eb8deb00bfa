import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { Link, LinkType } from '../../src/opencensus/link.ts';
import { AlwaysOnSampler } from '../../src/opencensus/sampler.ts';
import { SpanKind } from '../../src/opencensus/span-kind.ts';
import { CanonicalCode, Status, statusFromHttpCode } from '../../src/opencensus/span-status.ts';
import type { Span } from '../../src/opencensus/span.ts';
import { MessageEvent, MessageEventType } from '../../src/opencensus/time-event.ts';
import { Tracer } from '../../src/opencensus/tracer.ts';
import { CollectedSpans } from './collected-spans.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const AT = new Date('2026-11-22T15:35:10.123Z');

describe('a span', () => {
  it('keeps the attributes that were set last', () => {
    const span = collect(each => {
      for (let i = 0; i < 33; i++) each.addAttribute(`k${i}`, i);
      each.addAttribute('k1', 'again');
    });
    const kept = [...span.attributes];
    expect([kept.length, kept[0], kept.at(-1), span.attributes.dropped]).to.deep.equal([
      32,
      ['k2', 2],
      ['k1', 'again'],
      1,
    ]);
  });

  it('keeps 32 annotations, 128 message events and 32 links', () => {
    const span = collect(each => {
      for (let i = 0; i < 129; i++) {
        each.addAnnotation(`note ${i}`);
        each.addMessageEvent(new MessageEvent(AT, i));
        each.addLink(new Link(TRACE_ID, SPAN_ID));
      }
    });
    const { annotations, messageEvents, links } = span;
    expect([annotations, messageEvents, links].map(({ length, dropped }) => [length, dropped])).to.deep.equal([
      [32, 97],
      [128, 1],
      [32, 97],
    ]);
    expect([...annotations][0]?.description).to.equal('note 97');
  });

  it('prints what it holds', () => {
    const span = collect(each => {
      each.addLink(new Link(TRACE_ID, SPAN_ID, LinkType.PARENT_LINKED_SPAN, { why: 'retry' }));
      each.addMessageEvent(new MessageEvent(AT, 'm1', MessageEventType.SENT, 10));
    });
    expect(String(span.links)).to.equal(
      `BoundedList([Link(trace_id='${TRACE_ID}', span_id='${SPAN_ID}', type=2, attributes={'why': 'retry'})], maxlen=32)`,
    );
    expect(String(span.messageEvents)).to.equal(
      "BoundedList([MessageEvent(timestamp='2026-11-22T15:35:10.123000Z', id='m1', type=1, " +
        'uncompressed_size_bytes=10, compressed_size_bytes=10)], maxlen=128)',
    );
  });

  it('is exported with the spans inside it that it made, the innermost first', () => {
    const collected = new CollectedSpans();
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: collected });
    tracer.span('work', span => {
      const child = span.span('child');
      child.span('grandchild').finish();
      child.finish();
      span.span('left open');
      expect(tracer.currentSpan()).to.equal(span);
    });
    expect(collected.exports.map(spans => spans.map(({ name }) => name))).to.deep.equal([
      ['grandchild', 'child', 'left open', 'work'],
    ]);
    expect(collected.parents).to.deep.equal({ grandchild: 'child', child: 'work', 'left open': 'work', work: null });
    expect(collected.named('work').childSpanCount).to.equal(2);
  });

  it('ends once', () => {
    const collected = new CollectedSpans();
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: collected });
    const span = tracer.startSpan('work');
    span.finish();
    span.finish();
    tracer.span('function', each => each.finish());
    expect(collected.names).to.deep.equal(['work', 'function']);
  });

  it('ends no earlier than it began, and begins no earlier than the one before it ended', () => {
    const collected = new CollectedSpans();
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: collected });
    for (let i = 0; i < 50; i++) tracer.span(String(i), () => undefined);
    const times = collected.spans.flatMap(({ startTime, endTime }) => [startTime, endTime]);
    expect(times).to.deep.equal([...times].sort((a, b) => (a < b ? -1 : 1)));
    expect(times[0]).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('refuses what is no link and no status', () => {
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: new CollectedSpans() });
    const span = tracer.startSpan();
    expect(() => span.addLink({} as Link)).to.throw(TypeError, 'received something that is not a Link.');
    expect(() => span.setStatus({} as Status)).to.throw(TypeError, 'received something that is not a Status.');
    span.finish();
  });

  it('gives all that it gets to the span of OpenTelemetry', () => {
    const exporter = new InMemorySpanExporter();
    const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    new Tracer({ tracerProvider }).span('work', span => {
      span.name = 'renamed';
      span.spanKind = SpanKind.SERVER;
      span.addAttribute('tries', 3);
      span.addAnnotation('cache miss', { key: 'a' });
      span.addMessageEvent(new MessageEvent(AT, 'm1', MessageEventType.RECEIVED, 10, 5));
      span.addLink(new Link(TRACE_ID, SPAN_ID, LinkType.CHILD_LINKED_SPAN));
      span.setStatus(new Status(CanonicalCode.NOT_FOUND, 'no such file'));
    });
    const [span] = exporter.getFinishedSpans();
    expect([span?.name, span?.kind, span?.attributes, span?.status]).to.deep.equal([
      'renamed',
      1,
      { tries: 3, 'census.status_code': 5 },
      { code: 2, message: 'no such file' },
    ]);
    expect(span?.events.map(({ name, attributes }) => [name, attributes])).to.deep.equal([
      ['cache miss', { key: 'a' }],
      [
        'm1',
        {
          'message.event.type': 'RECEIVED',
          'message.event.size.uncompressed': 10,
          'message.event.size.compressed': 5,
        },
      ],
    ]);
    expect(span?.links.map(({ context, attributes }) => [context, attributes])).to.deep.equal([
      [{ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 0 }, { 'opencensus.link.type': 1 }],
    ]);
  });
});

describe('statusFromHttpCode', () => {
  for (const [httpCode, code] of [
    [100, 2],
    [199, 2],
    [200, 0],
    [399, 0],
    [400, 3],
    [401, 16],
    [403, 7],
    [404, 5],
    [429, 8],
    [500, 2],
    [501, 12],
    [503, 14],
    [504, 4],
  ] as const) {
    it(`gives ${code} for ${httpCode}`, () => {
      expect(statusFromHttpCode(httpCode).code).to.equal(code);
    });
  }
});

function collect(work: (span: Span) => void): ReturnType<CollectedSpans['named']> {
  const collected = new CollectedSpans();
  new Tracer({ sampler: new AlwaysOnSampler(), exporter: collected }).span('work', work);
  return collected.named('work');
}
