import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { ReadableSpan, SpanEvent, SpanLink } from '../../src/mapping/opentelemetry.ts';
import { makeSpan, type SpanParts } from './make-span.ts';
import { mappingContext } from './mapping-context.ts';
import { spanToEnvelopes } from './envelopes.ts';

/** The row of a span, and what was left out of it. */
function map(parts: SpanParts): {
  data: Envelope['data']['baseData'];
  rows: number;
  omitted: (readonly [string, number])[];
} {
  const context = mappingContext();
  const envelopes = spanToEnvelopes(makeSpan(parts), context);
  const [first] = envelopes;
  if (first === undefined) throw new Error('no envelope');
  return { data: first.data.baseData, rows: envelopes.length, omitted: [...context.omissions.entries()] };
}

const WORK = { ver: 2, id: 'b7ad6b7169203331', name: 'work', duration: '00:00:01.5000000', success: true };
const IN_PROCESS = { ...WORK, resultCode: '0', type: 'InProc' };

describe('a span that cannot be', () => {
  const impossible: [string, object][] = [
    ['an unknown kind', { kind: 99 }],
    ['no kind', { kind: undefined }],
    ['no start', { startTime: undefined }],
    ['no duration', { duration: undefined }],
    ['no status', { status: undefined }],
    ['no context', { spanContext: undefined }],
    ['no resource', { resource: undefined }],
  ];
  for (const [what, parts] of impossible) {
    it(`is refused with ${what}`, () => {
      expect(() => map(parts)).to.throw();
    });
  }
});

describe('a span with something wrong', () => {
  it('shows a name that is no text as one', () => {
    expect(map({ name: 42 as unknown as string }).data).to.deep.equal({ ...IN_PROCESS, name: '42' });
  });

  it('does without attributes that are missing', () => {
    expect(map({ attributes: undefined as unknown as ReadableSpan['attributes'] }).data).to.deep.equal(IN_PROCESS);
  });

  it('takes a status that nobody knows for none', () => {
    expect(map({ status: { code: 7 } }).data).to.deep.equal(IN_PROCESS);
  });

  it('leaves out what has no text, and an attribute that throws costs itself only', () => {
    const attributes = {
      none: undefined,
      call: () => 1,
      symbol: Symbol('s'),
      get broken(): never {
        throw new Error('no');
      },
      kept: 1,
    };
    expect(map({ attributes }).data).to.deep.equal({
      ...IN_PROCESS,
      properties: { broken: '[unreadable]', kept: '1' },
    });
  });

  it('keeps keys that are names of the prototype, and changes no prototype', () => {
    const attributes = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, unknown>;
    const { properties } = map({ attributes }).data;
    expect(Object.entries(properties ?? {})).to.deep.equal([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(({} as Record<string, unknown>)['a']).to.equal(undefined);
  });

  it('leaves out a link to nothing, and counts it', () => {
    const context = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', traceFlags: 1 };
    const links = [undefined, {}, { context: {} }, { context }] as SpanLink[];
    expect(map({ links })).to.deep.equal({
      data: {
        ...IN_PROCESS,
        properties: { '_MS.links': '[{"operation_Id":"4bf92f3577b34da6a3ce929d0e0e4736","id":"00f067aa0ba902b7"}]' },
      },
      rows: 1,
      omitted: [['link', 3]],
    });
  });

  it('keeps links whole JSON when their ids are longer than ids are', () => {
    const id = 'f'.repeat(32);
    const links = Array.from({ length: 100 }, () => ({ context: { traceId: id, spanId: id, traceFlags: 1 } }));
    const { data, omitted } = map({ links });
    expect(JSON.parse(data.properties?.['_MS.links'] ?? '')).to.have.length(89);
    expect(omitted).to.deep.equal([['link', 11]]);
  });

  it('leaves out events that cannot be read, and counts them', () => {
    const events = [undefined, {}, { name: 'late', time: [1_795_348_801, 0] }] as SpanEvent[];
    expect(map({ events })).to.deep.equal({ data: IN_PROCESS, rows: 2, omitted: [['unconvertible', 2]] });
  });

  it('makes rows of 128 events, and counts the others', () => {
    const events = Array.from({ length: 1000 }, () => ({ name: 'e', time: [1_795_348_801, 0] as [number, number] }));
    expect(map({ events })).to.deep.equal({ data: IN_PROCESS, rows: 129, omitted: [['event', 872]] });
  });

  it('keeps 200 of 10,000 attributes, and counts the others', () => {
    const attributes = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, index]));
    const { data, omitted } = map({ attributes });
    expect(Object.keys(data.properties ?? {})).to.have.length(200);
    expect(omitted).to.deep.equal([['property', 9800]]);
  });

  it('keeps 200 of 300 measurements, and counts the others with those that are none', () => {
    const measurements = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`m${index}`, index]));
    const attributes = { 'microsoft.custom_measurements': { none: Number.NaN, ...measurements } };
    const { data, omitted } = map({ attributes });
    expect(Object.keys((data as { measurements?: object }).measurements ?? {})).to.have.length(200);
    expect(omitted).to.deep.equal([['measurement', 101]]);
  });

  it('counts what it cuts', () => {
    const attributes = { ['k'.repeat(1_000_000)]: 'v', long: 'x'.repeat(10_000_000), 'enduser.id': 'u'.repeat(2000) };
    const { data, omitted } = map({ name: 'n'.repeat(2000), attributes });
    expect(data).to.deep.equal({
      ...IN_PROCESS,
      name: 'n'.repeat(1024),
      properties: { ['k'.repeat(150)]: 'v', long: 'x'.repeat(8192) },
    });
    expect(omitted).to.deep.equal([
      ['text', 3],
      ['key', 1],
    ]);
  });

  it('does not let out user info that a cut would leave without its at sign', () => {
    const secret = 'hunter2'.repeat(300);
    const attributes = { log: `${'x'.repeat(8150)} https://ada:${secret}@api.example/` };
    expect(map({ attributes }).data).to.deep.equal({
      ...IN_PROCESS,
      properties: { log: `${'x'.repeat(8150)} https://` },
    });
  });
});
