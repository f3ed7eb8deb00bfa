import { expect } from 'chai';
import { checkItem } from '../src/envelope-check.ts';
import { item, request } from './sample-items.ts';

const TIME = '2026-11-22T10:00:00.000Z';
const NOW = Date.parse(TIME);

const check = (whole: unknown): ReturnType<typeof checkItem> => checkItem(whole, NOW);
const at = (whole: Record<string, unknown>): Record<string, unknown> => ({ ...whole, time: TIME });
const long = (length: number): string => 'x'.repeat(length);
const tooLong = (type: string, name: string, max: number): string =>
  `100: Field '${name}' on type '${type}' is too long. Expected: ${max} characters, Actual: ${max + 1}`;

const dependency = (data: object): Record<string, unknown> =>
  at(item('RemoteDependencyData', { name: 'SELECT', duration: '00:00:01', ...data }));
const metric = (point: object): Record<string, unknown> =>
  at(item('MetricData', { metrics: [{ name: 'stock', value: 1, ...point }] }));
const exception = (details: object): Record<string, unknown> =>
  at(item('ExceptionData', { exceptions: [{ typeName: 'Error', message: 'no', ...details }] }));
const availability = (data: object): Record<string, unknown> =>
  at(item('AvailabilityData', { id: '1', name: 'front', duration: '00:00:01', success: true, ...data }));
const tags = (more: object): Record<string, unknown> => at(request({}, { tags: { 'ai.cloud.role': 'shop', ...more } }));

describe('checkItem', () => {
  const clean: [string, Record<string, unknown>][] = [
    ['a request', at(request())],
    ['a dependency', dependency({})],
    ['a metric', metric({})],
    ['an exception', exception({})],
    ['an availability result', availability({})],
    ['a page view', at(item('PageViewData', { url: 'https://shop.example/' }))],
    ['a request in its newest form', at(request({ id: long(512), name: long(1024), url: long(2048) }))],
    ['an hour ahead', { ...request(), time: '2026-11-22T11:00:00Z' }],
    ['two days old', { ...request(), time: '2026-11-20T10:00:00Z' }],
    ['no name of the telemetry', at(request({}, { name: undefined }))],
  ];
  for (const [what, whole] of clean) {
    it(`finds nothing in ${what}`, () => {
      const { envelope, findings } = check(whole);
      expect(findings).to.deep.equal([]);
      expect(envelope).to.not.equal(undefined);
    });
  }

  const required = (type: string, name: string, expected: string, actual: string): string =>
    `109: Field '${name}' on type '${type}' is required but missing or empty. Expected: ${expected}, Actual: ${actual}`;
  const unusable: [string, unknown, string, string][] = [
    ['null', null, 'item', "Field 'item': expected a JSON object"],
    ['a list', [], 'item', "Field 'item': expected a JSON object"],
    ['no data', { ...request(), data: undefined }, 'data', required('Envelope', 'data', 'object', 'undefined')],
    ['an unknown type', at(item('Constructor', {})), 'data.baseType', "Field 'data.baseType': expected a known type"],
    ['a part as type', at(item('DataPoint', {})), 'data.baseType', "Field 'data.baseType': expected a known type"],
    [
      'no baseData',
      { ...request(), data: { baseType: 'RequestData' } },
      'data.baseData',
      required('Data', 'baseData', 'object', 'undefined'),
    ],
    ['no time', request({}, { time: '' }), 'time', required('Envelope', 'time', 'string', '')],
    [
      'a time in words',
      request({}, { time: 'yesterday' }),
      'time',
      "106: Field 'time' on type 'Envelope' is of incorrect type. Expected: DateTime, Actual: string",
    ],
    ['no key', at(request({}, { iKey: undefined })), 'iKey', 'Invalid instrumentation key'],
    [
      'tags in a list',
      at(request({}, { tags: [] as never })),
      'tags',
      "106: Field 'tags' on type 'Envelope' is of incorrect type. Expected: object, Actual: object",
    ],
    [
      'a request without id',
      at(request({ id: undefined })),
      'data.id',
      required('RequestData', 'id', 'string', 'undefined'),
    ],
    [
      'a request without success',
      at(request({ success: null })),
      'data.success',
      required('RequestData', 'success', 'boolean', 'null'),
    ],
    [
      'a duration of 60 seconds',
      at(request({ duration: '00:00:60.000' })),
      'data.duration',
      "106: Field 'duration' on type 'RequestData' is of incorrect type. Expected: TimeSpan, Actual: string",
    ],
    [
      'a name that is an object',
      at(request({ name: {} })),
      'data.name',
      "106: Field 'name' on type 'RequestData' is of incorrect type. Expected: string, Actual: object",
    ],
    [
      'an exception without message',
      exception({ message: '' }),
      'data.exceptions[0].message',
      required('ExceptionDetails', 'message', 'string', ''),
    ],
    [
      'no exception at all',
      at(item('ExceptionData', { exceptions: [] })),
      'data.exceptions',
      required('ExceptionData', 'exceptions', 'list', ''),
    ],
    [
      'an exception that is text',
      at(item('ExceptionData', { exceptions: ['no'] })),
      'data.exceptions[0]',
      "106: Field 'exceptions' on type 'ExceptionData' is of incorrect type. Expected: object, Actual: string",
    ],
    [
      'a metric without value',
      metric({ value: null }),
      'data.metrics[0].value',
      required('DataPoint', 'value', 'number', 'null'),
    ],
    [
      'a value in words',
      metric({ value: 'many' }),
      'data.metrics[0].value',
      "106: Field 'value' on type 'DataPoint' is of incorrect type. Expected: number, Actual: string",
    ],
    [
      'an event without name',
      at(item('EventData', {})),
      'data.name',
      required('EventData', 'name', 'string', 'undefined'),
    ],
    [
      'properties in a list',
      at(request({ properties: [] })),
      'data.properties',
      "106: Field 'properties' on type 'Domain' is of incorrect type. Expected: object, Actual: object",
    ],
  ];
  for (const [what, whole, field, answer] of unusable) {
    it(`makes no row of ${what}`, () => {
      const { envelope, findings } = check(whole);
      const found = findings.map(finding => ({ field: finding.field, effect: finding.effect, answer: finding.answer }));
      expect(found).to.deep.equal([{ field, effect: 'unusable', answer }]);
      expect(envelope).to.equal(undefined);
    });
  }

  const limits: [string, Record<string, unknown>, string, string, number][] = [
    ['RequestData', at(request({ id: long(513) })), 'data.id', 'id', 512],
    ['RequestData', at(request({ name: long(1025) })), 'data.name', 'name', 1024],
    ['RequestData', at(request({ source: long(1025) })), 'data.source', 'source', 1024],
    ['RequestData', at(request({ responseCode: long(1025) })), 'data.responseCode', 'responseCode', 1024],
    ['RequestData', at(request({ url: long(2049) })), 'data.url', 'url', 2048],
    ['RemoteDependencyData', dependency({ id: long(513) }), 'data.id', 'id', 512],
    ['RemoteDependencyData', dependency({ name: long(1025) }), 'data.name', 'name', 1024],
    ['RemoteDependencyData', dependency({ resultCode: long(1025) }), 'data.resultCode', 'resultCode', 1024],
    ['RemoteDependencyData', dependency({ type: long(1025) }), 'data.type', 'type', 1024],
    ['RemoteDependencyData', dependency({ target: long(1025) }), 'data.target', 'target', 1024],
    ['RemoteDependencyData', dependency({ data: long(8193) }), 'data.data', 'data', 8192],
    ['MessageData', at(item('MessageData', { message: long(32_769) })), 'data.message', 'message', 32_768],
    ['EventData', at(item('EventData', { name: long(513) })), 'data.name', 'name', 512],
    ['ExceptionDetails', exception({ typeName: long(1025) }), 'data.exceptions[0].typeName', 'typeName', 1024],
    ['ExceptionDetails', exception({ message: long(32_769) }), 'data.exceptions[0].message', 'message', 32_768],
    ['ExceptionDetails', exception({ stack: long(32_769) }), 'data.exceptions[0].stack', 'stack', 32_768],
    [
      'StackFrame',
      exception({ parsedStack: [{ fileName: long(1025) }] }),
      'data.exceptions[0].parsedStack[0].fileName',
      'fileName',
      1024,
    ],
    ['DataPoint', metric({ name: long(1025) }), 'data.metrics[0].name', 'name', 1024],
    ['DataPoint', metric({ ns: long(257) }), 'data.metrics[0].ns', 'ns', 256],
    ['AvailabilityData', availability({ id: long(513) }), 'data.id', 'id', 512],
    ['AvailabilityData', availability({ runLocation: long(1025) }), 'data.runLocation', 'runLocation', 1024],
    ['AvailabilityData', availability({ message: long(8193) }), 'data.message', 'message', 8192],
    ['PageViewData', at(item('PageViewData', { url: long(2049) })), 'data.url', 'url', 2048],
    ['ContextTagKeys', tags({ 'ai.cloud.role': long(257) }), 'tags.ai.cloud.role', 'ai.cloud.role', 256],
    ['ContextTagKeys', tags({ 'ai.operation.name': long(1025) }), 'tags.ai.operation.name', 'ai.operation.name', 1024],
    ['ContextTagKeys', tags({ 'ai.operation.id': long(129) }), 'tags.ai.operation.id', 'ai.operation.id', 128],
    ['ContextTagKeys', tags({ 'ai.location.ip': long(47) }), 'tags.ai.location.ip', 'ai.location.ip', 46],
    ['Envelope', at(request({}, { name: long(1025) })), 'name', 'name', 1024],
  ];
  for (const [type, whole, field, name, max] of limits) {
    it(`warns of ${field} of ${type} above ${max} characters`, () => {
      const { envelope, findings } = check(whole);
      expect(findings).to.deep.equal([
        {
          field,
          limit: `at most ${max} characters`,
          found: `${max + 1} characters`,
          effect: 'refused',
          answer: tooLong(type, name, max),
        },
      ]);
      expect(envelope).to.not.equal(undefined);
    });
  }

  const warned: [string, Record<string, unknown>, [string, string, string, string]][] = [
    [
      'a time three hours ahead',
      request({}, { time: '2026-11-22T13:00:00Z' }),
      ['time', 'at most 2 hours ahead', '"2026-11-22T13:00:00Z"', 'refused'],
    ],
    [
      'a time of three days ago',
      request({}, { time: '2026-11-19T10:00:00Z' }),
      ['time', 'at most 48 hours old', '"2026-11-19T10:00:00Z"', 'refused'],
    ],
    ['a key that is no GUID', at(request({}, { iKey: 'my-key' })), ['iKey', 'a GUID', '"my-k…"', 'refused']],
    [
      'a key in upper case',
      at(request({}, { iKey: '4F2B8A10-7D3E-4C55-9A01-C0FFEE000001' })),
      ['iKey', 'a GUID in lower case', '"4F2B…"', 'odd'],
    ],
    ['a sample rate of 0', at(request({}, { sampleRate: 0 })), ['sampleRate', 'above 0 and at most 100', '0', 'odd']],
    ['no role', at(request({}, { tags: {} })), ['tags.ai.cloud.role', 'the name of the service', 'nothing', 'odd']],
    [
      'a role nobody chose',
      tags({ 'ai.cloud.role': 'unknown_service:node' }),
      ['tags.ai.cloud.role', 'a name of your own', '"unknown_service:node"', 'odd'],
    ],
    ['a tag that is a number', tags({ 'ai.user.id': 7 }), ['tags.ai.user.id', 'a string', '7', 'odd']],
    [
      'a negative duration',
      at(request({ duration: '-00:00:01' })),
      ['data.duration', 'zero or more', '"-00:00:01"', 'odd'],
    ],
    [
      'a duration of 1000 days',
      at(request({ duration: '1000.00:00:00' })),
      ['data.duration', 'below 1000 days', '"1000.00:00:00"', 'refused'],
    ],
    [
      'a response code that is a number',
      at(request({ responseCode: 200 })),
      ['data.responseCode', 'a string', '200', 'odd'],
    ],
    ['success in words', at(request({ success: 'true' })), ['data.success', 'true or false', '"true"', 'odd']],
    [
      'an unknown severity',
      at(item('MessageData', { message: 'x', severityLevel: 'Loud' })),
      ['data.severityLevel', 'a severity level', '"Loud"', 'odd'],
    ],
    [
      'two metrics in one item',
      at(
        item('MetricData', {
          metrics: [
            { name: 'a', value: 1 },
            { name: 'b', value: 2 },
          ],
        }),
      ),
      ['data.metrics', 'at most 1', '2', 'odd'],
    ],
    [
      'an infinite value',
      metric({ value: Infinity }),
      ['data.metrics[0].value', 'a finite number', 'Infinity', 'refused'],
    ],
    [
      'a value that is the text NaN',
      metric({ value: 'NaN' }),
      ['data.metrics[0].value', 'a number', '"NaN"', 'refused'],
    ],
    [
      'a count above 32 bits',
      metric({ count: 2_147_483_648 }),
      ['data.metrics[0].count', 'at most 2147483647', '2147483648', 'refused'],
    ],
    [
      'more frames than are kept',
      exception({ parsedStack: Array.from({ length: 101 }, () => ({ method: 'f' })) }),
      ['data.exceptions[0].parsedStack', 'at most 100', '101', 'odd'],
    ],
    [
      'a property that is a number',
      at(request({ properties: { a: 1 } })),
      ['data.properties.a', 'a string', '1', 'odd'],
    ],
    [
      'a long property',
      at(request({ properties: { a: long(8193) } })),
      ['data.properties.a', 'at most 8192 characters', '8193 characters', 'cut'],
    ],
    [
      'a long property of GenAI',
      at(request({ properties: { 'gen_ai.input.messages': long(262_145) } })),
      ['data.properties.gen_ai.input.messages', 'at most 262144 characters', '262145 characters', 'cut'],
    ],
    [
      'a long key',
      at(request({ properties: { [long(151)]: 'a' } })),
      [`data.properties.${long(150)}`, 'a key of at most 150 characters', '151 characters', 'cut'],
    ],
    [
      'very many properties',
      at(request({ properties: Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`p${index}`, 'x'])) })),
      ['data.properties', 'at most 200 properties', '201', 'odd'],
    ],
    [
      'a measurement in words',
      at(request({ measurements: { a: 'NaN' } })),
      ['data.measurements.a', 'a finite number', '"NaN"', 'refused'],
    ],
  ];
  for (const [what, whole, [field, limit, found, effect]] of warned) {
    it(`warns of ${what}`, () => {
      const { envelope, findings } = check(whole);
      const seen = findings.map(finding => [finding.field, finding.limit, finding.found, finding.effect]);
      expect(seen).to.deep.equal([[field, limit, found, effect]]);
      expect(envelope).to.not.equal(undefined);
    });
  }

  it('answers as the service does about an item that is too old', () => {
    const [finding] = check(request({}, { time: '2026-11-20T09:59:59.999Z' })).findings;
    expect(finding?.answer).to.equal(
      "103: Field 'time' on type 'Envelope' is older than the allowed min date. Expected: now - 172800000ms, Actual: now - 172800001ms",
    );
  });

  it('answers as the service does about a measurement that is no number', () => {
    const [finding] = check(at(request({ measurements: { m1: 'NaN' } }))).findings;
    expect(finding?.answer).to.equal(
      "200: Child value 'NaN' for key 'm1' is of incorrect type. Expected: number, Actual: string",
    );
  });

  it('counts characters as UTF-16 code units', () => {
    expect(check(at(item('EventData', { name: '😀'.repeat(256) }))).findings).to.deep.equal([]);
    expect(check(at(item('EventData', { name: '😀'.repeat(257) }))).findings).to.have.lengthOf(1);
  });
});
