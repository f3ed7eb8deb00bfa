import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TelemetrySource } from '../../src/exporters/telemetry-source.ts';
import { logToRow } from '../../src/mapping/log.ts';
import type { ReadableLogRecord } from '../../src/mapping/opentelemetry.ts';
import { makeLogRecord } from '../mapping/make-log-record.ts';
import { exported } from './exported.ts';
import { assertGood } from './good-items.ts';
import { anyText, anyValue, opened } from './hostile-value.ts';

const LOGS: TelemetrySource<readonly ReadableLogRecord[], ReadableLogRecord> = {
  signal: 'logs',
  entriesOf: records => records,
  resourceOf: record => record.resource,
  toRows: (record, context) => [logToRow(record, context)],
};

const neighbour = makeLogRecord({ hrTime: [1_600_000_000, 0], body: 'good', attributes: { sku: 'a-1' } });
const NEIGHBOUR = {
  ver: 1,
  name: 'Microsoft.ApplicationInsights.Message',
  time: '2020-09-13T12:26:40.000Z',
  sampleRate: 100,
  iKey: '11111111-2222-3333-4444-555555555555',
  tags: {
    'ai.cloud.role': 'shop',
    'ai.cloud.roleInstance': 'shop-1',
    'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
  },
  data: { baseType: 'MessageData', baseData: { ver: 2, message: 'good', properties: { sku: 'a-1' } } },
};

/** 200 properties of full length, every character escaped: nothing in an item can make it larger. */
const MAX_BYTES = 200 * (8192 + 150) * 6;

const EXCEPTION_KEYS = ['exception.type', 'exception.message', 'exception.stacktrace', 'exception', 'error', 'err'];
const EVENT_KEYS = ['microsoft.custom_event.name', 'APPLICATION_INSIGHTS_EVENT_MARKER_ATTRIBUTE'];
const AVAILABILITY = {
  'microsoft.availability.id': '1',
  'microsoft.availability.name': 'n',
  'microsoft.availability.duration': 5,
  'microsoft.availability.success': true,
};
const TAG_KEYS = [
  'enduser.id',
  'enduser.pseudo.id',
  'session.id',
  'microsoft.client.ip',
  'ai.operation.name',
  'microsoft.sample_rate',
];
const CLASSIC_TYPES = ['MessageData', 'ExceptionData', 'EventData', 'AvailabilityData', 'PageViewData', 'MetricData'];
const CLASSIC_KEYS = [
  'message',
  'severityLevel',
  'name',
  'id',
  'duration',
  'success',
  'url',
  'referredUri',
  'exceptions',
  'measurements',
  'properties',
  'extra',
];

/** Any of `keys`, each with any value. */
const some = (keys: string[]) => fc.dictionary(fc.constantFrom(...keys), anyValue, { minKeys: 1 });

describe('a log record', () => {
  const slots: [string, fc.Arbitrary<object>][] = [
    ['body', anyValue.map(body => ({ body }))],
    ['time', anyValue.map(hrTime => ({ hrTime }))],
    ['times of any numbers', fc.record({ hrTime: anyTime(), hrTimeObserved: anyTime() })],
    ['observed time', anyValue.map(time => ({ hrTime: [0, 0], hrTimeObserved: time }))],
    ['severity number', anyValue.map(severityNumber => ({ severityNumber }))],
    ['severity text', anyValue.map(severityText => ({ severityText }))],
    ['name of its event', anyValue.map(eventName => ({ eventName }))],
    ['attributes by any name', fc.dictionary(anyText, anyValue).map(attributes => ({ attributes }))],
    [
      'attributes by the hundred',
      fc
        .record({ count: fc.integer({ min: 190, max: 230 }), key: anyText, value: anyText })
        .map(({ count, key, value }) => ({
          attributes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`${key}${index}`, value])),
        })),
    ],
    ['exception', some(EXCEPTION_KEYS).map(attributes => ({ attributes }))],
    ['custom event', some(EVENT_KEYS).map(attributes => ({ attributes }))],
    [
      'availability test',
      some([
        ...Object.keys(AVAILABILITY),
        'microsoft.availability.runLocation',
        'microsoft.availability.message',
        'microsoft.availability.testTimestamp',
      ]).map(attributes => ({ attributes: { ...AVAILABILITY, ...attributes } })),
    ],
    ['measurements', anyValue.map(value => ({ attributes: { 'microsoft.custom_measurements': value } }))],
    ['user and session', some(TAG_KEYS).map(attributes => ({ attributes }))],
    [
      'classic body',
      fc.record({
        body: anyValue,
        attributes: fc.record({ '_MS.baseType': fc.oneof(fc.constantFrom(...CLASSIC_TYPES), anyValue) }),
      }),
    ],
    [
      'classic fields',
      fc.record({
        body: some(CLASSIC_KEYS),
        attributes: fc.record({ '_MS.baseType': fc.constantFrom(...CLASSIC_TYPES) }),
      }),
    ],
    [
      'classic exceptions',
      fc
        .array(some(['typeName', 'message', 'stack', 'parsedStack', 'hasFullStack', 'id', 'outerId']), { maxLength: 3 })
        .map(exceptions => ({ body: { exceptions }, attributes: { '_MS.baseType': 'ExceptionData' } })),
    ],
    [
      'classic frames',
      fc.array(some(['level', 'method', 'assembly', 'fileName', 'line']), { maxLength: 4 }).map(parsedStack => ({
        body: { exceptions: [{ parsedStack }] },
        attributes: { '_MS.baseType': 'ExceptionData' },
      })),
    ],
    ['ids of its span', fc.record({ traceId: anyValue, spanId: anyValue }).map(spanContext => ({ spanContext }))],
    [
      'attributes of its resource',
      fc
        .dictionary(
          fc.oneof(
            fc.constantFrom(
              'service.name',
              'service.namespace',
              'service.version',
              'service.instance.id',
              'k8s.pod.name',
              'k8s.job.name',
              'device.id',
            ),
            anyText,
          ),
          anyValue,
        )
        .map(attributes => ({ resource: { attributes } })),
    ],
    ['instrumentation scope', anyValue.map(name => ({ instrumentationScope: { name } }))],
  ];
  for (const [what, slot] of slots) {
    it(`arrives with any ${what}, and so do its neighbours`, async () => {
      await fc.assert(
        fc.asyncProperty(slot, async parts => {
          const record = makeLogRecord(opened(parts) as Partial<ReadableLogRecord>);
          const { results, items, dropped } = await exported(LOGS, [neighbour, record, neighbour]);
          assert.deepStrictEqual([results, items.length, dropped], [[{ code: 0 }], 3, {}]);
          assertGood(items, NEIGHBOUR, MAX_BYTES);
        }),
        { numRuns: 1000 },
      );
    });
  }

  const parts: [string, (value: unknown) => unknown][] = [
    ['it is anything else', value => value],
    ['its attributes are anything else', attributes => ({ ...neighbour, attributes })],
    ['its resource is anything else', resource => ({ ...neighbour, resource })],
    ['the attributes of its resource are anything else', attributes => ({ ...neighbour, resource: { attributes } })],
    ['its scope is anything else', instrumentationScope => ({ ...neighbour, instrumentationScope })],
    ['its span is anything else', spanContext => ({ ...neighbour, spanContext })],
  ];
  for (const [what, toRecord] of parts) {
    it(`costs no neighbour when ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyValue, async value => {
          const batch = [neighbour, toRecord(value.open()) as ReadableLogRecord, neighbour];
          const { results, items, dropped } = await exported(LOGS, batch);
          assert.deepStrictEqual(results, [{ code: 0 }]);
          assert.equal(items.length + (dropped.unconvertible ?? 0), 3);
          assertGood(items, NEIGHBOUR, MAX_BYTES);
        }),
        { numRuns: 1000 },
      );
    });
  }
});

function anyTime(): fc.Arbitrary<[number, number]> {
  return fc.tuple(fc.double(), fc.double());
}
