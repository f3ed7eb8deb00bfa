import {
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  defaultTextMapGetter,
  defaultTextMapSetter,
} from '@opentelemetry/api';
import { expect } from 'chai';
import fc from 'fast-check';
import { B3FormatPropagator } from '../../src/opencensus/b3-format-propagator.ts';
import { BinaryFormatPropagator } from '../../src/opencensus/binary-format-propagator.ts';
import { GoogleCloudFormatPropagator } from '../../src/opencensus/google-cloud-format-propagator.ts';
import type { HeaderPropagator } from '../../src/opencensus/header-propagator.ts';
import { SpanContext } from '../../src/opencensus/span-context.ts';
import { TextFormatPropagator } from '../../src/opencensus/text-format-propagator.ts';
import { TraceContextPropagator } from '../../src/opencensus/trace-context-propagator.ts';
import { TraceOptions } from '../../src/opencensus/trace-options.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PARENT = `00-${TRACE}-${SPAN}-01`;

const w3c = new TraceContextPropagator();
const b3 = new B3FormatPropagator();
const google = new GoogleCloudFormatPropagator();
const text = new TextFormatPropagator();
const binary = new BinaryFormatPropagator();

/** `trace/span`, with `new` for another trace and `-` for no span; `+` when it is sampled, then the state of vendors. */
type Shown = string;

const NEW = 'new/- ';
const SAMPLED = `${TRACE}/${SPAN} +`;
const UNSAMPLED = `${TRACE}/${SPAN} `;

/** As OpenCensus Python reads them, but for those marked. */
const READ: readonly (readonly [HeaderPropagator, Record<string, string>, Shown])[] = [
  [w3c, { traceparent: PARENT }, SAMPLED],
  [w3c, { traceparent: `00-${TRACE}-${SPAN}-00` }, UNSAMPLED],
  [w3c, { traceparent: `00-${TRACE}-${SPAN}-03` }, SAMPLED],
  [w3c, { traceparent: `  ${PARENT}\t` }, SAMPLED],
  [w3c, { traceparent: `cc-${TRACE}-${SPAN}-01-what` }, SAMPLED],
  [w3c, { traceparent: `${PARENT}-what` }, NEW],
  [w3c, { traceparent: `ff-${TRACE}-${SPAN}-01` }, NEW],
  [w3c, { traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }, NEW],
  [w3c, { traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` }, NEW],
  [w3c, { traceparent: PARENT.toUpperCase() }, NEW],
  [w3c, { traceparent: 'nonsense' }, NEW],
  [w3c, { traceparent: '' }, NEW],
  [w3c, {}, NEW],
  // OpenCensus throws.
  [w3c, { traceparent: `00-${TRACE}-${SPAN}-0a` }, UNSAMPLED],
  [w3c, { traceparent: PARENT, tracestate: 'a=1,b=2' }, `${SAMPLED} a=1,b=2`],
  [w3c, { traceparent: PARENT, tracestate: 'a=1 ,\tb=2' }, `${SAMPLED} a=1,b=2`],
  [w3c, { traceparent: PARENT, tracestate: 'a=1,a=2' }, SAMPLED],
  [w3c, { traceparent: PARENT, tracestate: 'a=1,A=2' }, SAMPLED],
  [w3c, { traceparent: PARENT, tracestate: '' }, SAMPLED],
  [w3c, { traceparent: PARENT, tracestate: Array.from({ length: 33 }, (_, i) => `k${i}=1`).join(',') }, SAMPLED],
  [b3, { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-sampled': '1' }, SAMPLED],
  [b3, { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-sampled': 'True' }, SAMPLED],
  [b3, { 'X-B3-TraceId': TRACE, 'X-B3-SpanId': SPAN, 'X-B3-Sampled': 'd' }, SAMPLED],
  [b3, { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-sampled': '0' }, UNSAMPLED],
  [b3, { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN }, UNSAMPLED],
  [b3, { 'x-b3-traceid': TRACE.slice(16), 'x-b3-spanid': SPAN }, `0000000000000000${TRACE.slice(16)}/${SPAN} `],
  [b3, { 'x-b3-sampled': '1' }, 'new/- +'],
  [b3, { 'x-b3-traceid': TRACE }, NEW],
  [b3, { b3: 'd' }, 'new/- +'],
  [b3, { b3: '0' }, NEW],
  [b3, { b3: `${TRACE}-${SPAN}` }, UNSAMPLED],
  [b3, { b3: `${TRACE}-${SPAN}-d` }, SAMPLED],
  [b3, { b3: `${TRACE}-${SPAN}-1-${SPAN}` }, SAMPLED],
  [b3, { b3: `${TRACE}-${SPAN}-1-${SPAN}-x` }, NEW],
  [b3, { b3: 'x-y-1' }, 'new/- +'],
  [b3, {}, NEW],
  [google, { 'X-Cloud-Trace-Context': `${TRACE}/13235353014750950193;o=1` }, SAMPLED],
  [google, { 'x-cloud-trace-context': `${TRACE}/13235353014750950193;o=0` }, UNSAMPLED],
  [google, { 'x-cloud-trace-context': `${TRACE}/13235353014750950193` }, SAMPLED],
  [google, { 'x-cloud-trace-context': TRACE }, `${TRACE}/- +`],
  [google, { 'x-cloud-trace-context': `${TRACE};o=0` }, `${TRACE}/- `],
  [google, { 'x-cloud-trace-context': `${TRACE}/;o=1` }, `${TRACE}/- +`],
  [google, { 'x-cloud-trace-context': `${TRACE}/1;o=2` }, `${TRACE}/0000000000000001 `],
  [google, { 'x-cloud-trace-context': `x${TRACE}/1;o=300y` }, `${TRACE}/0000000000000001 +`],
  // OpenCensus takes a span id of 0, and one of 17 digits.
  [google, { 'x-cloud-trace-context': `${TRACE}/0;o=1` }, `${TRACE}/- +`],
  [google, { 'x-cloud-trace-context': `${TRACE}/18446744073709551616;o=1` }, `${TRACE}/- +`],
  [google, { 'x-cloud-trace-context': 'nonsense' }, NEW],
  [google, {}, NEW],
  [text, carrier('1'), SAMPLED],
  [text, { 'opencensus-trace-traceid': TRACE, 'opencensus-trace-spanid': SPAN }, SAMPLED],
  [text, { 'opencensus-trace-traceid': TRACE }, `${TRACE}/- +`],
  // OpenCensus takes any text for yes, samples what says nothing, and throws for capitals.
  [text, carrier('0'), UNSAMPLED],
  [text, {}, NEW],
  [text, { 'OpenCensus-Trace-TraceId': TRACE, 'OpenCensus-Trace-SpanId': SPAN }, SAMPLED],
  [text, { 'opencensus-trace-traceid': 'nonsense' }, NEW],
];

/** As OpenCensus Python writes them, but for those outside any span that it cannot write. */
const WRITTEN: readonly (readonly [
  HeaderPropagator,
  sampled: Record<string, string>,
  outside: Record<string, string>,
])[] = [
  [w3c, { traceparent: PARENT }, {}],
  [
    b3,
    { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-sampled': '1' },
    { 'x-b3-traceid': TRACE, 'x-b3-spanid': '0000000000000000', 'x-b3-sampled': '0' },
  ],
  [
    google,
    { 'X-Cloud-Trace-Context': `${TRACE}/13235353014750950193;o=1` },
    { 'X-Cloud-Trace-Context': `${TRACE};o=0` },
  ],
  [text, carrier('1'), { 'opencensus-trace-traceid': TRACE, 'opencensus-trace-traceoptions': '0' }],
];

const inSpan = new SpanContext({ traceId: TRACE, spanId: SPAN, traceOptions: new TraceOptions(1) });
const outside = new SpanContext({ traceId: TRACE });

describe('the propagators', () => {
  for (const [propagator, headers, expected] of READ) {
    it(`${propagator.constructor.name} reads ${JSON.stringify(headers).slice(0, 120)}`, () => {
      expect(shown(propagator.fromHeaders(headers))).to.equal(expected);
    });
  }

  for (const [propagator, sampled, outsideOfSpans] of WRITTEN) {
    it(`${propagator.constructor.name} writes headers`, () => {
      expect(propagator.toHeaders(inSpan)).to.deep.equal(sampled);
      expect(propagator.toHeaders(outside)).to.deep.equal(outsideOfSpans);
    });
  }

  it('write what vendors have added', () => {
    const spanContext = w3c.fromHeaders({ traceparent: PARENT, tracestate: 'b=2,a=1' });
    expect(w3c.toHeaders(spanContext)).to.deep.equal({ traceparent: PARENT, tracestate: 'b=2,a=1' });
  });

  it('read headers of fetch, of Node.js, and none', () => {
    expect(shown(w3c.fromHeaders(new Headers({ traceparent: PARENT })))).to.equal(SAMPLED);
    expect(shown(w3c.fromHeaders({ traceparent: [PARENT], accept: undefined }))).to.equal(SAMPLED);
    expect(shown(w3c.fromHeaders({ traceparent: [PARENT, PARENT] }))).to.equal(NEW);
    expect([w3c.fromHeaders(null), w3c.fromHeaders(undefined)].map(shown)).to.deep.equal([NEW, NEW]);
  });

  it('read and write single values and carriers', () => {
    expect(shown(google.fromHeader(`${TRACE}/1`))).to.equal(`${TRACE}/0000000000000001 +`);
    expect(shown(google.fromHeader(null))).to.equal(NEW);
    expect(google.toHeader(inSpan)).to.equal(`${TRACE}/13235353014750950193;o=1`);
    expect(shown(text.fromCarrier(carrier('1')))).to.equal(SAMPLED);
    expect(text.toCarrier(inSpan, { other: 1 })).to.deep.equal({ other: 1, ...carrier('1') });
  });

  for (const propagator of [w3c, b3, google, text]) {
    it(`${propagator.constructor.name} throws nothing, whatever it reads`, () => {
      const value = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(PARENT, `${TRACE}/1`, TRACE));
      const names = fc.constantFrom('b3', 'tracestate', ...propagator.fields());
      fc.assert(
        fc.property(fc.dictionary(names, value), headers => {
          expect(propagator.fromHeaders(headers).traceId).to.match(/^[0-9a-f]{32}$/);
        }),
      );
    });
  }

  it('throw nothing for headers of wrong types', () => {
    for (const headers of [7, 'text', { traceparent: 7 }, { traceparent: null }, []] as never[])
      expect(shown(w3c.fromHeaders(headers))).to.equal(NEW);
  });
});

describe('BinaryFormatPropagator', () => {
  const bytes = `00000af7651916cd43dd8448eb211c80319c01b7ad6b71692033310201`;
  const cases: readonly (readonly [string, string, Shown])[] = [
    ['29 bytes', bytes, SAMPLED],
    ['a trace that is not sampled', `${bytes.slice(0, -2)}00`, UNSAMPLED],
    ['bytes that end too soon', bytes.slice(0, -2), NEW],
    ['bytes that go on', `${bytes}00`, NEW],
    ['no bytes', '', NEW],
    // OpenCensus looks at the length alone.
    ['another version', `01${bytes.slice(2)}`, NEW],
    ['a trace id of 0', `0000${'00'.repeat(16)}${bytes.slice(36)}`, 'new/- +'],
  ];
  for (const [what, hex, expected] of cases) {
    it(`reads ${what}`, () => {
      expect(shown(binary.fromHeader(Buffer.from(hex, 'hex')))).to.equal(expected);
    });
  }

  it('reads nothing as a new trace', () => {
    expect([binary.fromHeader(null), binary.fromHeader(undefined)].map(shown)).to.deep.equal([NEW, NEW]);
  });

  it('writes 29 bytes', () => {
    expect(Buffer.from(binary.toHeader(inSpan)).toString('hex')).to.equal(bytes);
    expect(Buffer.from(binary.toHeader(outside)).toString('hex')).to.equal(
      '00000af7651916cd43dd8448eb211c80319c0100000000000000000200',
    );
  });

  it('gives back whatever was written', () => {
    const id = (bytes: number) =>
      fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(array => Buffer.from(array).toString('hex'));
    fc.assert(
      fc.property(id(16), id(8), fc.nat(255), (traceId, spanId, byte) => {
        fc.pre(/[^0]/.test(traceId) && /[^0]/.test(spanId));
        const spanContext = new SpanContext({
          traceId,
          spanId,
          traceOptions: new TraceOptions(byte),
          fromHeader: true,
        });
        expect(binary.fromHeader(binary.toHeader(spanContext))).to.deep.equal(spanContext);
      }),
    );
  });
});

describe("the propagators in OpenTelemetry's API", () => {
  for (const [propagator, headers] of WRITTEN) {
    it(`${propagator.constructor.name} carries the active span`, () => {
      const context = trace.setSpanContext(ROOT_CONTEXT, {
        traceId: TRACE,
        spanId: SPAN,
        traceFlags: TraceFlags.SAMPLED,
      });
      propagation.setGlobalPropagator(propagator);
      const written = {};
      propagation.inject(context, written, defaultTextMapSetter);
      const read = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, written, defaultTextMapGetter));
      propagation.disable();
      expect(written).to.deep.equal(lowerCased(headers));
      expect(Object.keys(written)).to.deep.equal(propagator.fields().filter(name => name in written));
      expect(read).to.deep.include({ traceId: TRACE, spanId: SPAN, traceFlags: TraceFlags.SAMPLED, isRemote: true });
    });
  }

  it('leave the context and the carrier alone where there is no span', () => {
    const written = {};
    google.inject(ROOT_CONTEXT, written, defaultTextMapSetter);
    expect(written).to.deep.equal({});
    expect(google.extract(ROOT_CONTEXT, { 'x-cloud-trace-context': TRACE }, defaultTextMapGetter)).to.equal(
      ROOT_CONTEXT,
    );
    expect(b3.extract(ROOT_CONTEXT, { b3: '1' }, defaultTextMapGetter)).to.equal(ROOT_CONTEXT);
  });
});

function carrier(options: string): Record<string, string> {
  return {
    'opencensus-trace-traceid': TRACE,
    'opencensus-trace-spanid': SPAN,
    'opencensus-trace-traceoptions': options,
  };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function shown({ traceId, spanId, traceOptions, traceState, fromHeader }: SpanContext): Shown {
  const ids = `${fromHeader ? traceId : 'new'}/${spanId ?? '-'} ${traceOptions.enabled ? '+' : ''}`;
  return traceState === null ? ids : `${ids} ${traceState.serialize()}`;
}
