import assert from 'node:assert/strict';
import type { EnvelopeData, Tags } from '../../src/envelope/envelope.ts';
import type { MappingOptions } from '../../src/mapping/context.ts';
import type { AttributeMap } from '../../src/mapping/opentelemetry.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

const spanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

describe('logToEnvelope', () => {
  it('turns a log record of a span into a message', () => {
    const record = makeLogRecord({
      spanContext,
      severityNumber: 13,
      severityText: 'warn',
      body: 'two left',
      attributes: { sku: 'a-1', count: 2, 'microsoft.custom_measurements': { left: 2 } },
      resourceAttributes: { 'service.namespace': 'eu', 'service.version': '4.5.6' },
    });
    assert.deepStrictEqual(logToEnvelope(record, mappingContext()), {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Message',
      time: '2026-11-22T12:00:00.250Z',
      sampleRate: 100,
      iKey: '11111111-2222-3333-4444-555555555555',
      tags: {
        'ai.cloud.role': 'eu.shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.application.ver': '4.5.6',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
        'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
        'ai.operation.parentId': 'b7ad6b7169203331',
      },
      data: {
        baseType: 'MessageData',
        baseData: {
          ver: 2,
          message: 'two left',
          severityLevel: 'Warning',
          properties: { sku: 'a-1', count: '2' },
          measurements: { left: 2 },
        },
      },
    });
  });

  it('turns a log record with a type and a stack into an exception', () => {
    const record = makeLogRecord({
      severityNumber: 21,
      body: 'payment failed',
      attributes: {
        'exception.type': 'TypeError',
        'exception.message': 'no card',
        'exception.stacktrace': 'TypeError: no card\n    at pay (/srv/pay.js:12:7)',
        'error.type': 'TypeError',
      },
    });
    assert.deepStrictEqual(logToEnvelope(record, mappingContext()), {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Exception',
      time: '2026-11-22T12:00:00.250Z',
      sampleRate: 100,
      iKey: '11111111-2222-3333-4444-555555555555',
      tags: {
        'ai.cloud.role': 'shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
      },
      data: {
        baseType: 'ExceptionData',
        baseData: {
          ver: 2,
          exceptions: [
            {
              typeName: 'TypeError',
              message: 'no card',
              hasFullStack: true,
              stack: 'TypeError: no card\n    at pay (/srv/pay.js:12:7)',
              parsedStack: [
                {
                  level: 0,
                  method: 'pay',
                  assembly: 'at pay (/srv/pay.js:12:7)',
                  fileName: '/srv/pay.js',
                  line: 12,
                },
              ],
            },
          ],
          severityLevel: 'Critical',
          properties: { 'Logger Message': 'payment failed', 'error.type': 'TypeError' },
        },
      },
    });
  });
});

describe('the body of a message', () => {
  const cyclic: Record<string, unknown> = { name: 'ring' };
  cyclic['self'] = cyclic;
  const bodies: [string, unknown, string][] = [
    ['text', 'hello\nworld', 'hello\nworld'],
    ['text with a URL', 'GET https://u:p@shop.example/?token=abc', 'GET https://shop.example/?token=REDACTED'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a number', 42.5, '42.5'],
    ['zero', 0, '0'],
    ['false', false, 'false'],
    ['a bigint', 12_345_678_901_234_567_890n, '12345678901234567890'],
    ['not a number', Number.NaN, 'NaN'],
    ['bytes', new Uint8Array([1, 2, 250]), 'AQL6'],
    ['a date', new Date(Date.UTC(2026, 0, 2)), '2026-01-02T00:00:00.000Z'],
    ['a map', { a: 1, b: { c: [true, null, 'x'] } }, '{"a":1,"b":{"c":[true,null,"x"]}}'],
    ['an array', [1, 'two', { three: 3 }], '[1,"two",{"three":3}]'],
    ['a Map', new Map([['a', 1n]]), '{"a":"1"}'],
    ['a ring', cyclic, '{"name":"ring","self":"[Circular]"}'],
    ['an empty map', {}, '{}'],
    ['nothing', undefined, 'n/a'],
    ['null', null, 'n/a'],
    ['no text', '', 'n/a'],
    ['blanks', ' \n\t', 'n/a'],
    ['a function', () => 1, 'n/a'],
  ];
  for (const [what, body, message] of bodies) {
    it(`shows ${what}`, () => {
      assert.deepStrictEqual(dataOf({ body }), { baseType: 'MessageData', baseData: { ver: 2, message } });
    });
  }

  it('is the name of the event when it is blank', () => {
    assert.deepStrictEqual(dataOf({ body: ' ', eventName: 'cart.emptied' }), {
      baseType: 'MessageData',
      baseData: { ver: 2, message: 'cart.emptied', properties: { 'event.name': 'cart.emptied' } },
    });
  });

  it('is cut to 32,768 code units, never through a character', () => {
    assert.deepStrictEqual(dataOf({ body: `x${'😀'.repeat(5_000_000)}` }), {
      baseType: 'MessageData',
      baseData: { ver: 2, message: `x${'😀'.repeat(16_383)}` },
    });
  });
});

describe('the time of a log record', () => {
  const cases: [string, LogRecordParts, string, string | undefined][] = [
    ['its own', {}, '2026-11-22T12:00:00.250Z', undefined],
    ['when it was observed, if its own is NaN', { hrTime: [Number.NaN, 0] }, '2026-11-22T12:00:01.000Z', undefined],
    ['when it was observed, if its own is unknown', { hrTime: [0, 0] }, '2026-11-22T12:00:01.000Z', undefined],
    [
      'now, if nobody knows',
      { hrTime: [0, 0], hrTimeObserved: [Number.NaN, Number.NaN] },
      '2026-11-22T12:00:00.000Z',
      undefined,
    ],
    [
      'now, if it was observed too far ahead',
      { hrTime: [0, 0], hrTimeObserved: [1_795_356_001, 0] },
      '2026-11-22T12:00:00.000Z',
      '1795356001s 0ns',
    ],
    ['now, if it is too far ahead', { hrTime: [1_795_356_001, 0] }, '2026-11-22T12:00:00.000Z', '1795356001s 0ns'],
    ['its own, however old', { hrTime: [86_400, 0] }, '1970-01-02T00:00:00.000Z', undefined],
  ];
  for (const [what, parts, time, original] of cases) {
    it(`is ${what}`, () => {
      const envelope = logToEnvelope(makeLogRecord({ body: 'x', ...parts }), mappingContext());
      assert.equal(envelope.time, time);
      assert.deepStrictEqual(envelope.data.baseData, {
        ver: 2,
        message: 'x',
        ...(original !== undefined && { properties: { original_time: original } }),
      });
    });
  }

  it('is when it was observed, if its own is missing', () => {
    const { hrTime: _, ...record } = makeLogRecord({ body: 'x' });
    assert.equal(logToEnvelope(record as never, mappingContext()).time, '2026-11-22T12:00:01.000Z');
  });
});

describe('the tags of a log record', () => {
  const cases: [string, AttributeMap, Tags][] = [
    ['its operation', { 'ai.operation.name': 'GET /cart' }, { 'ai.operation.name': 'GET /cart' }],
    [
      'its user',
      { 'enduser.pseudo.id': 'p-1', 'enduser.id': 'jo' },
      { 'ai.user.id': 'p-1', 'ai.user.authUserId': 'jo' },
    ],
    ['its session', { 'session.id': 's-1' }, { 'ai.session.id': 's-1' }],
    ['its client', { 'client.address': '10.0.0.9' }, { 'ai.location.ip': '10.0.0.9' }],
    ['a test', { 'user_agent.synthetic.type': 'bot' }, { 'ai.operation.syntheticSource': 'True' }],
  ];
  for (const [what, attributes, tags] of cases) {
    it(`name ${what}`, () => {
      assert.deepStrictEqual(logToEnvelope(makeLogRecord({ body: 'x', attributes }), mappingContext()).tags, {
        'ai.cloud.role': 'shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
        ...tags,
      });
    });
  }

  it('name no operation where the ids are all zeros', () => {
    const none = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
    assert.deepStrictEqual(logToEnvelope(makeLogRecord({ body: 'x', spanContext: none }), mappingContext()).tags, {
      'ai.cloud.role': 'shop',
      'ai.cloud.roleInstance': 'shop-1',
      'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
    });
  });

  it('prefer the client that was set by hand', () => {
    const attributes = { 'client.address': '10.0.0.9', 'microsoft.client.ip': '203.0.113.7' };
    const envelope = logToEnvelope(makeLogRecord({ body: 'x', attributes }), mappingContext());
    assert.equal(envelope.tags['ai.location.ip'], '203.0.113.7');
    assert.deepStrictEqual(envelope.data.baseData.properties, { 'client.address': '10.0.0.9' });
  });
});

describe('the properties of a log record', () => {
  it('keep what no field shows', () => {
    const attributes = {
      'http.request.method': 'GET',
      microsoftTenant: 'contoso',
      '_MS.ProcessedByMetricExtractors': "(Name:'Traces', Ver:'1.1')",
      password: 'hunter2',
      nested: { a: [1, null] },
      __proto__x: 1,
      absent: undefined,
    };
    assert.deepStrictEqual(dataOf({ body: 'x', attributes }), {
      baseType: 'MessageData',
      baseData: {
        ver: 2,
        message: 'x',
        properties: {
          'http.request.method': 'GET',
          microsoftTenant: 'contoso',
          '_MS.ProcessedByMetricExtractors': "(Name:'Traces', Ver:'1.1')",
          password: 'REDACTED',
          nested: '{"a":[1,null]}',
          __proto__x: '1',
        },
      },
    });
  });

  it('name the instrumentation when asked for', () => {
    assert.deepStrictEqual(dataOf({ body: 'x' }, { includeScope: true }), {
      baseType: 'MessageData',
      baseData: { ver: 2, message: 'x', properties: { 'otel.scope.name': 'test', 'otel.scope.version': '1.2.3' } },
    });
  });

  it('show the sample rate of the trace as that of the row', () => {
    const record = makeLogRecord({ body: 'x', attributes: { 'microsoft.sample_rate': 12.5 } });
    const { sampleRate, data } = logToEnvelope(record, mappingContext());
    assert.deepStrictEqual([sampleRate, data.baseData], [12.5, { ver: 2, message: 'x' }]);
  });

  for (const rate of [0, -5, 101, Number.NaN, 'abc']) {
    it(`keep ${rate}, which is no sample rate`, () => {
      const record = makeLogRecord({ body: 'x', attributes: { 'microsoft.sample_rate': rate } });
      const { sampleRate, data } = logToEnvelope(record, mappingContext());
      assert.equal(sampleRate, 100);
      assert.deepStrictEqual(data.baseData.properties, { 'microsoft.sample_rate': String(rate) });
    });
  }
});

function dataOf(parts: LogRecordParts, options?: Partial<MappingOptions>): EnvelopeData {
  return logToEnvelope(makeLogRecord(parts), mappingContext(options)).data;
}
