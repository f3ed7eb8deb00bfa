import assert from 'node:assert/strict';
import type { EnvelopeData } from '../../src/envelope/envelope.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

describe('a record of the classic SDK', () => {
  it('is a message of trackTrace', () => {
    const body = { message: 'two left', severityLevel: 'Warning', measurements: { left: 2 }, version: 2 };
    assert.deepStrictEqual(dataOf('MessageData', body, { attributes: { sku: 'a-1' } }), {
      baseType: 'MessageData',
      baseData: {
        ver: 2,
        message: 'two left',
        severityLevel: 'Warning',
        properties: { sku: 'a-1' },
        measurements: { left: 2 },
      },
    });
  });

  it('is an exception of trackException', () => {
    const parsedStack = [
      { level: 0, method: 'pay', assembly: 'at pay (/a.js:1:2)', fileName: '/a.js', line: 1, sizeInBytes: 90 },
      { level: 1, method: '<no_method>', assembly: 'at native', fileName: '<no_filename>', line: -1 },
    ];
    const exceptions = [{ message: 'no card', typeName: 'TypeError', parsedStack, hasFullStack: true }];
    assert.deepStrictEqual(dataOf('ExceptionData', { exceptions, severityLevel: 'Critical', version: 2 }), {
      baseType: 'ExceptionData',
      baseData: {
        ver: 2,
        exceptions: [
          {
            typeName: 'TypeError',
            message: 'no card',
            hasFullStack: true,
            parsedStack: [
              { level: 0, method: 'pay', assembly: 'at pay (/a.js:1:2)', fileName: '/a.js', line: 1 },
              { level: 1, method: '<no_method>', assembly: 'at native', fileName: '<no_filename>' },
            ],
          },
        ],
        severityLevel: 'Critical',
      },
    });
  });

  it('is a chain of exceptions, the outermost first', () => {
    const exceptions = [
      { typeName: 'TypeError', message: 'no card', stack: 'TypeError: no card' },
      { message: 'no money' },
    ];
    assert.deepStrictEqual(dataOf('ExceptionData', { exceptions }), {
      baseType: 'ExceptionData',
      baseData: {
        ver: 2,
        exceptions: [
          {
            id: 1,
            outerId: 0,
            typeName: 'TypeError',
            message: 'no card',
            hasFullStack: true,
            stack: 'TypeError: no card',
          },
          { id: 2, outerId: 1, typeName: 'Error', message: 'no money', hasFullStack: false },
        ],
      },
    });
  });

  it('is a custom event of trackEvent', () => {
    const body = { name: 'order placed', measurements: { total: 9.5 }, version: 2 };
    assert.deepStrictEqual(dataOf('EventData', body), {
      baseType: 'EventData',
      baseData: { ver: 2, name: 'order placed', measurements: { total: 9.5 } },
    });
  });

  it('is the result of a test of trackAvailability', () => {
    const body = {
      id: 'run-7',
      name: 'home',
      duration: '00:00:02.000',
      success: false,
      runLocation: 'here',
      version: 2,
    };
    assert.deepStrictEqual(dataOf('AvailabilityData', body), {
      baseType: 'AvailabilityData',
      baseData: { ver: 2, id: 'run-7', name: 'home', duration: '00:00:02.000', success: false, runLocation: 'here' },
    });
  });

  it('is a page view of trackPageView', () => {
    const body = {
      id: 'b7ad6b7169203331',
      name: 'cart',
      duration: '00:00:02.000',
      url: 'https://u:p@shop.example/cart?token=abc',
      referredUri: 'https://shop.example/',
      version: 2,
    };
    assert.deepStrictEqual(dataOf('PageViewData', body), {
      baseType: 'PageViewData',
      baseData: {
        ver: 2,
        name: 'cart',
        id: 'b7ad6b7169203331',
        url: 'https://shop.example/cart?token=REDACTED',
        duration: '00:00:02.000',
        referredUri: 'https://shop.example/',
      },
    });
  });

  it('is a page view with a name alone', () => {
    assert.deepStrictEqual(dataOf('PageViewData', { name: 'cart' }), {
      baseType: 'PageViewData',
      baseData: { ver: 2, name: 'cart' },
    });
  });

  it('keeps what else its body holds', () => {
    const body = { name: 'cart', duration: 'soon', properties: { tenant: 'contoso' }, extra: { a: 1 } };
    assert.deepStrictEqual(dataOf('PageViewData', body, { attributes: { sku: 'a-1' } }), {
      baseType: 'PageViewData',
      baseData: {
        ver: 2,
        name: 'cart',
        properties: { tenant: 'contoso', duration: 'soon', extra: '{"a":1}', sku: 'a-1' },
      },
    });
  });

  it('arrives when its properties are a proxy that is gone', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.deepStrictEqual(dataOf('EventData', { name: 'order placed', properties: proxy }), {
      baseType: 'EventData',
      baseData: { ver: 2, name: 'order placed', properties: { properties: '[unreadable]' } },
    });
  });

  const severities: [unknown, LogRecordParts, string | undefined][] = [
    [0, {}, 'Verbose'],
    [4, {}, 'Critical'],
    ['error', {}, 'Error'],
    [undefined, { severityNumber: 9 }, 'Information'],
    [undefined, {}, undefined],
  ];
  for (const [severityLevel, parts, expected] of severities) {
    it(`takes severity ${JSON.stringify(severityLevel)} and ${JSON.stringify(parts)} for ${expected}`, () => {
      assert.deepStrictEqual(dataOf('MessageData', { message: 'x', severityLevel }, parts), {
        baseType: 'MessageData',
        baseData: { ver: 2, message: 'x', ...(expected !== undefined && { severityLevel: expected }) },
      });
    });
  }

  const unknown: [string, string, unknown, string][] = [
    ['of an unknown kind', 'MetricData', { name: 'x' }, '{"name":"x"}'],
    ['of the kind "constructor"', 'constructor', { name: 'x' }, '{"name":"x"}'],
    ['whose message is missing', 'MessageData', {}, '{}'],
    ['whose body is missing', 'MessageData', undefined, 'n/a'],
    ['whose body is a text', 'EventData', 'order placed', 'order placed'],
    ['whose name is blank', 'EventData', { name: '' }, '{"name":""}'],
    ['whose exceptions are none', 'ExceptionData', { exceptions: [null, 1] }, '{"exceptions":[null,1]}'],
    ['whose page has no name', 'PageViewData', { url: '/' }, '{"url":"/"}'],
    ['whose result is incomplete', 'AvailabilityData', { id: '1', name: 'n' }, '{"id":"1","name":"n"}'],
  ];
  for (const [what, baseType, body, message] of unknown) {
    it(`is a message ${what}`, () => {
      assert.deepStrictEqual(dataOf(baseType, body), {
        baseType: 'MessageData',
        baseData: { ver: 2, message, properties: { '_MS.baseType': baseType } },
      });
    });
  }
});

function dataOf(baseType: string, body: unknown, parts: LogRecordParts = {}): EnvelopeData {
  const attributes = { ...parts.attributes, '_MS.baseType': baseType };
  return logToEnvelope(makeLogRecord({ body, ...parts, attributes }), mappingContext()).data;
}
