import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { MappingContext, MappingOptions } from '../../src/mapping/context.ts';
import { logToRow } from '../../src/mapping/log.ts';
import { Omissions } from '../../src/mapping/omissions.ts';
import type { AttributeMap } from '../../src/mapping/opentelemetry.ts';
import { spanToRows } from '../../src/mapping/span.ts';
import { toEnvelope } from './envelopes.ts';
import { makeLogRecord } from './make-log-record.ts';
import { makeSpan, type SpanParts } from './make-span.ts';
import { mappingContext } from './mapping-context.ts';

/** Few keys and few values, so that places and what they show come again and again, in any order. */
const SHAPES: readonly (readonly string[])[] = [
  ['http.request.method', 'url.full', 'server.address', 'server.port', 'http.response.status_code'],
  ['http.request.method', 'http.route', 'url.scheme', 'url.path', 'url.query', 'server.address', 'client.address'],
  ['http.method', 'http.target', 'http.host', 'http.scheme', 'http.status_code', 'http.user_agent', 'net.peer.ip'],
  ['db.system.name', 'db.namespace', 'db.query.text', 'server.address', 'server.port', 'db.response.status_code'],
  ['messaging.system', 'messaging.destination.name', 'server.address', 'enduser.id', 'session.id'],
  ['rpc.system', 'rpc.service', 'rpc.method', 'peer.service', 'rpc.grpc.status_code'],
  ['microsoft.operation_name', 'microsoft.sample_rate', 'app.note', 'app.password', 'url.query', 'http.target'],
  ['app.note', 'a key with blanks', 'app.count', 'otel.status_description'],
  ['exception.type', 'exception.message', 'exception.stacktrace', 'app.note'],
];
const TEXTS = `GET POST _OTHER https HTTP shop.example ::1 a/b?c / /orders/7 /a?b=c ?page=2 no-url redis postgresql mssql
  i|orders kafka grpc NOT_FOUND https://shop.example/orders/7?page=2 https://ada:hunter2@shop.example:8443/p?sig=abc#end`;
const ODD_TEXTS = ['', ' ', '\0', 'a\0b', '\ud83d', 'é', 'say "hi"\n', "SELECT 'it''s'", 'token: abcdefgh1'];
const LONG_TEXTS = ['x'.repeat(1025), 'y'.repeat(9000)];
const OTHERS = [0, 443, 8443, 200, 404, 12.5, Number.NaN, true, false, null, undefined, [1, 'a'], { password: 'x' }];
const VALUES: readonly unknown[] = [...TEXTS.split(/\s+/), ...ODD_TEXTS, ...LONG_TEXTS, ...OTHERS];
const STACKS = [
  'RangeError: out of stock\n    at reserve (/app/stock.js:48:13)\n    at async handle (/app/router.js:31:7)',
  'RangeError: other\n    at reserve (/app/stock.js:48:13)\n    at async handle (/app/router.js:31:7)',
  'Error: password="a\n    at b" (/app/stock.js:48:13)\n    at f (/a.js:1:2)',
  'Error: <password\n    at f (/a>secret</b.js:1:2)',
  'Error: two\nlines\n    at f (/a.js:1:2)',
  'at first sight\n    at f (/a.js:1:2)',
  'Error: outer\n    at f (/a.js:1:2)\n  [cause]: Error: inner\n    at g (/b.js:3:4)',
  'Error: https://ada:hunter2@shop.example/\n    at f (https://ada:hunter2@shop.example/a.js:1:2)',
  `Error: long\n${'    at f (/a.js:1:2)\n'.repeat(120)}`,
  'Error: nothing follows\n    at ',
];

const value = fc.constantFrom(...VALUES);
const stack = fc.constantFrom(...STACKS);
const attributes: fc.Arbitrary<AttributeMap> = fc
  .constantFrom(...SHAPES)
  .chain(keys => fc.tuple(...keys.map(() => value)).map(values => new Map(keys.map((key, at) => [key, values[at]]))))
  .map(entries => Object.fromEntries(entries));
const error: fc.Arbitrary<AttributeMap> = fc.record({
  'exception.type': value,
  'exception.message': fc.oneof(value, fc.constantFrom('out of stock', 'two\nlines', 'at first sight')),
  'exception.stacktrace': stack,
});
const id = fc.constantFrom(
  '0af7651916cd43dd8448eb211c80319c',
  '00000000000000000000000000000000',
  'b7ad6b7169203331',
  '',
);
const span: fc.Arbitrary<SpanParts> = fc.record({
  kind: fc.integer({ min: 0, max: 4 }),
  name: fc.constantFrom('work', 'GET /orders', 'redis.get token=abcdefgh1', ''),
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: fc.constantFrom(undefined, 'ERR no', 'a "b"') }),
  parentSpanId: id,
  attributes,
  events: fc.array(
    fc.record({
      name: fc.constantFrom('exception', 'note'),
      time: fc.constant<[number, number]>([1_795_348_800, 0]),
      attributes: fc.oneof(error, attributes),
    }),
    { maxLength: 2 },
  ),
});

/** As exporters have them: each keeps its own. */
const CONTEXTS: readonly MappingContext[] = [
  mappingContext(),
  mappingContext({ urlQuery: 'strip' }),
  mappingContext({ urlQuery: 'keep', includeScope: true }),
];
const context = fc.constantFrom(...CONTEXTS);

describe('what comes again and again', () => {
  it('becomes the rows that it became the first time, of spans', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(span, context), { maxLength: 20 }), sequence => {
        for (const [parts, { options }] of sequence) {
          const known = mapped(options, context => spanToRows(makeSpan(parts), context));
          const fresh = mapped({ ...options }, context => spanToRows(makeSpan(withUnknownKeys(parts)), context));
          assert.deepStrictEqual(known, fresh);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('becomes the row that it became the first time, of log records', () => {
    const record = fc.record({ attributes: fc.oneof(attributes, error), body: value });
    fc.assert(
      fc.property(fc.array(fc.tuple(record, context), { maxLength: 20 }), sequence => {
        for (const [{ attributes, body }, { options }] of sequence) {
          const known = mapped(options, context => [logToRow(makeLogRecord({ attributes, body }), context)]);
          const unknown = makeLogRecord({ attributes: withUnknownKey(attributes), body });
          const fresh = mapped({ ...options }, context => [logToRow(unknown, context)]);
          assert.deepStrictEqual(known, fresh);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('counts what is cut each time', () => {
    const attributes = { 'app.note': 'y'.repeat(9000), 'db.system.name': 'redis', 'db.query.text': 'z'.repeat(9000) };
    const { options } = mappingContext();
    for (let time = 0; time < 3; time += 1) {
      const { omissions } = mapped(options, context => spanToRows(makeSpan({ kind: 2, attributes }), context));
      assert.deepStrictEqual(omissions, [['text', 2]]);
    }
  });

  it('shows a list that has changed since', () => {
    const list = ['a'];
    const parts = { attributes: { 'app.list': list } };
    const { options } = mappingContext();
    const shown = () => mapped(options, context => spanToRows(makeSpan(parts), context)).envelopes[0]?.data.baseData;
    assert.deepEqual((shown() as { properties: object }).properties, { 'app.list': '["a"]' });
    list.push('b');
    assert.deepEqual((shown() as { properties: object }).properties, { 'app.list': '["a","b"]' });
  });

  it('describes a call by a list that has changed since', () => {
    const query = ['a'];
    const parts = { kind: 2, attributes: { 'db.system.name': 'redis', 'db.query.text': query } };
    const { options } = mappingContext();
    const shown = () => mapped(options, context => spanToRows(makeSpan(parts), context)).envelopes[0]?.data.baseData;
    assert.equal((shown() as { data: string }).data, '["a"]');
    query.push('b');
    assert.equal((shown() as { data: string }).data, '["a","b"]');
  });

  it('shows a resource to each exporter as that one wants it', () => {
    const { resource } = makeSpan({ resourceAttributes: { 'service.version': 'https://a.example/?page=2' } });
    const versions = CONTEXTS.map(({ options }) => {
      const { envelopes } = mapped(options, context => spanToRows({ ...makeSpan(), resource }, context));
      return envelopes[0]?.tags['ai.application.ver'];
    });
    assert.deepEqual(versions, ['https://a.example/?page=2', 'https://a.example/', 'https://a.example/?page=2']);
  });

  it('still becomes rows when there are more places than are remembered', () => {
    const context = mappingContext();
    for (let place = 0; place < 5000; place += 1) {
      const [row = ''] = spanToRows(makeSpan({ attributes: { [`app.key_${place}`]: place } }), context);
      const { properties } = toEnvelope(row).data.baseData as { properties: object };
      assert.deepEqual(properties, { [`app.key_${place}`]: String(place) });
    }
  });
});

interface Mapped {
  readonly envelopes: Envelope[];
  readonly omissions: unknown[];
}

function mapped(options: MappingOptions, map: (context: MappingContext) => string[]): Mapped {
  const omissions = new Omissions();
  const rows = map({ ...mappingContext(), options, omissions });
  return { envelopes: rows.map(row => withoutUnknownKey(toEnvelope(row))), omissions: [...omissions.entries()] };
}

let unknownKeys = 0;

/** One key that no attributes had before makes a place of its own of them, of which nothing is remembered. */
function withUnknownKey(attributes: AttributeMap | undefined): AttributeMap {
  unknownKeys += 1;
  return { ...attributes, [`unknown.${unknownKeys}`]: 'x' };
}

function withUnknownKeys({ attributes, events = [], ...parts }: SpanParts): SpanParts {
  const unknown = events.map(event => ({ ...event, attributes: withUnknownKey(event.attributes) }));
  return { ...parts, attributes: withUnknownKey(attributes), events: unknown };
}

function withoutUnknownKey(envelope: Envelope): Envelope {
  const data = envelope.data.baseData as { properties?: Record<string, string> };
  const known = Object.entries(data.properties ?? {}).filter(([key]) => !key.startsWith('unknown.'));
  data.properties = Object.fromEntries(known);
  return envelope;
}
