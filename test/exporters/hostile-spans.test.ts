import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TelemetrySource } from '../../src/exporters/telemetry-source.ts';
import type { ReadableSpan } from '../../src/mapping/opentelemetry.ts';
import type { Fact } from '../../src/mapping/fact.ts';
import * as semconv from '../../src/mapping/semconv.ts';
import { spanToRows } from '../../src/mapping/span.ts';
import { makeSpan, type SpanParts } from '../mapping/make-span.ts';
import { exported, type Exported } from './exported.ts';
import { assertGood } from './good-items.ts';
import { anyText, anyValue, opened } from './hostile-value.ts';

const SPANS: TelemetrySource<readonly ReadableSpan[], ReadableSpan> = {
  signal: 'traces',
  entriesOf: spans => spans,
  resourceOf: span => span.resource,
  toRows: (span, context) => spanToRows(span, context),
};

const neighbour = makeSpan({ kind: 2, name: 'good', attributes: { sku: 'a-1', 'peer.service': 'stock' } });
const NEIGHBOUR = {
  ver: 1,
  name: 'Microsoft.ApplicationInsights.RemoteDependency',
  time: '2026-11-22T12:00:00.250Z',
  sampleRate: 100,
  iKey: '11111111-2222-3333-4444-555555555555',
  tags: {
    'ai.cloud.role': 'shop',
    'ai.cloud.roleInstance': 'shop-1',
    'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
    'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
  },
  data: {
    baseType: 'RemoteDependencyData',
    baseData: {
      ver: 2,
      id: 'b7ad6b7169203331',
      name: 'good',
      duration: '00:00:01.5000000',
      success: true,
      resultCode: '0',
      type: 'Dependency',
      target: 'stock',
      properties: { sku: 'a-1' },
    },
  },
};

/** 200 properties of full length, every character escaped: nothing in an item can make it larger. */
const MAX_BYTES = 200 * (8192 + 150) * 6 + 7 * 262_144 * 6;

function factsIn(value: Fact | readonly Fact[] | Readonly<Record<string, Fact>>): readonly Fact[] {
  return 'number' in value && typeof value.number === 'number'
    ? [value as Fact]
    : Object.values(value as Record<string, Fact>);
}

const KNOWN_NAMES = [
  ...new Set(
    Object.values(semconv)
      .flatMap(factsIn)
      .flatMap(({ names }) => names),
  ),
];
const KINDS = fc.constantFrom(0, 1, 2, 3, 4);
const RESOURCE_NAMES = [
  semconv.SERVICE_NAME,
  semconv.SERVICE_NAMESPACE,
  semconv.ROLE_INSTANCE,
  semconv.KUBERNETES_WORKLOAD,
  semconv.DEVICE_ID,
].flatMap(({ names }) => names);

/** What looks like a real value, so that all families come to their ends and not only to their beginnings. */
const likelyValue = fc.oneof(
  fc.constantFrom('https://a.example:8443/b?c=d', '[::1]:80', 'grpc', 'mssql', 'i|db', '?', '_OTHER', 'GET', '/', '0'),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.ipV6(),
  fc.integer({ min: -1, max: 70_000 }),
  fc.double(),
);

const SECRET = 'hunter2hunter2';
const secretUrl = fc
  .tuple(fc.constantFrom('http', 'https', 'amqp', 'mongodb+srv'), fc.stringMatching(/^[a-z0-9]{0,20}$/), anyPadding())
  .map(([scheme, user, padding]) => `${padding}${scheme}://${user}:${SECRET}@host.example:8080/p?q=1`);

describe('a span', () => {
  const arriving: [string, fc.Arbitrary<object>][] = [
    ['name', anyValue.map(name => ({ name }))],
    ['message of its status', anyValue.map(message => ({ status: { code: 2, message } }))],
    ['code of its status', anyValue.map(code => ({ status: { code } }))],
    ['start and duration of any numbers', fc.record({ startTime: anyTime(), duration: anyTime() })],
    ['attributes by any name', fc.dictionary(anyText, anyValue).map(attributes => ({ attributes }))],
    ['attributes that are known', attributesBy(KNOWN_NAMES, anyValue)],
    ['attributes that are known and likely', attributesBy(KNOWN_NAMES, likelyValue)],
    ['links', fc.array(anyValue, { maxLength: 5 }).map(links => ({ links }))],
    [
      'ids and attributes of its links',
      fc
        .array(
          fc.record({
            context: fc.record({ traceId: anyValue, spanId: anyValue }),
            attributes: fc.dictionary(fc.constantFrom('enqueuedTime', 'other'), anyValue),
          }),
          { maxLength: 5 },
        )
        .map(links => ({ kind: 4, links })),
    ],
    ['events', fc.array(anyValue, { maxLength: 5 }).map(events => ({ events }))],
    [
      'name and attributes of its events',
      fc
        .array(
          fc.record({
            name: fc.oneof(fc.constant('exception'), anyValue),
            time: anyTime(),
            attributes: fc.dictionary(fc.oneof(fc.constantFrom(...KNOWN_NAMES), anyText), anyValue),
          }),
          { maxLength: 3 },
        )
        .map(events => ({ events })),
    ],
    ['attributes of its resource', attributesBy(RESOURCE_NAMES, anyValue, 'resourceAttributes')],
    [
      'name and version of its scope',
      fc.record({ instrumentationScope: fc.record({ name: anyValue, version: anyValue }) }),
    ],
    ['measurements', anyValue.map(value => ({ attributes: { 'microsoft.custom_measurements': value } }))],
  ];
  for (const [what, slot] of arriving) {
    it(`arrives with any ${what}, and so do its neighbours`, async () => {
      await fc.assert(
        fc.asyncProperty(slot, async parts => {
          const { results, items, dropped } = await exportBetween(makeSpan(opened(parts) as SpanParts));
          assert.deepStrictEqual(results, [{ code: 0 }]);
          assert.ok(items.length >= 3, `${items.length} items`);
          assert.ok((dropped.unconvertible ?? 0) <= 5, 'more is lost than there are events');
          assertGood(items, NEIGHBOUR, MAX_BYTES);
        }),
        { numRuns: 1000 },
      );
    });
  }

  const parts: [string, (value: unknown) => unknown][] = [
    ['it is', value => value],
    ...['kind', 'spanContext', 'startTime', 'duration', 'status', 'attributes', 'links', 'events', 'resource'].map(
      (part): [string, (value: unknown) => unknown] => [`its ${part} is`, value => ({ ...neighbour, [part]: value })],
    ),
    ['its parent is', value => ({ ...neighbour, parentSpanContext: value })],
    ['its scope is', value => ({ ...neighbour, instrumentationScope: value })],
    [
      'its trace state is',
      value => ({ ...neighbour, spanContext: () => ({ traceId: 'a', spanId: 'b', traceState: value }) }),
    ],
    ['its ids are', value => ({ ...neighbour, spanContext: () => ({ traceId: value, spanId: value, traceFlags: 1 }) })],
  ];
  for (const [what, toSpan] of parts) {
    it(`costs no neighbour when ${what} anything else`, async () => {
      await fc.assert(
        fc.asyncProperty(anyValue, async value => {
          const { results, items, dropped } = await exportBetween(toSpan(value.open()) as ReadableSpan);
          assert.deepStrictEqual(results, [{ code: 0 }]);
          assert.ok(items.length + (dropped.unconvertible ?? 0) >= 3);
          assertGood(items, NEIGHBOUR, MAX_BYTES);
        }),
        { numRuns: 1000 },
      );
    });
  }

  const hiding: [string, fc.Arbitrary<object>][] = [
    ['a known attribute', attributesBy(KNOWN_NAMES, secretUrl)],
    [
      'any attribute',
      fc
        .dictionary(fc.string(), fc.oneof(secretUrl, fc.record({ in: fc.array(secretUrl) })))
        .map(attributes => ({ attributes })),
    ],
    ['its name', secretUrl.map(name => ({ name }))],
    ['its status', secretUrl.map(message => ({ status: { code: 2, message } }))],
    [
      'its events',
      secretUrl.map(url => ({
        events: [
          { name: url, time: [1_795_348_800, 0], attributes: { url } },
          {
            name: 'exception',
            time: [1_795_348_800, 0],
            attributes: {
              'exception.message': url,
              'exception.type': url,
              'exception.stacktrace': `Error: ${url}\n    at a`,
            },
          },
        ],
      })),
    ],
    ['its resource', attributesBy(RESOURCE_NAMES, secretUrl, 'resourceAttributes')],
  ];
  for (const [what, slot] of hiding) {
    it(`lets no password of a URL out of ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(slot, async parts => {
          const { items } = await exportBetween(makeSpan(parts));
          for (const item of items) assert.ok(!Buffer.from(item).includes(SECRET), Buffer.from(item).toString());
        }),
        { numRuns: 1000 },
      );
    });
  }
});

function exportBetween(span: ReadableSpan): Promise<Exported> {
  return exported(SPANS, [neighbour, span, neighbour]);
}

function attributesBy(names: readonly string[], values: fc.Arbitrary<unknown>, part = 'attributes') {
  const attributes = fc.dictionary(fc.constantFrom(...names), values, { minKeys: 1, maxKeys: 12 });
  return fc.record({ kind: KINDS, [part]: attributes });
}

function anyTime(): fc.Arbitrary<[number, number]> {
  return fc.tuple(fc.double(), fc.double());
}

/** Moves what follows it to any place, often to one where some field is cut. */
function anyPadding(): fc.Arbitrary<string> {
  return fc
    .oneof(
      fc.nat(40),
      fc.constantFrom(46, 64, 128, 256, 512, 1024, 2048, 8192, 32_768).map(limit => limit - 20),
    )
    .map(length => ' '.repeat(length));
}
