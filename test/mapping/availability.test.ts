import assert from 'node:assert/strict';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { AttributeMap } from '../../src/mapping/opentelemetry.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

const needed = {
  'microsoft.availability.id': 'run-7',
  'microsoft.availability.name': 'home page',
  'microsoft.availability.duration': '00:00:01.500',
  'microsoft.availability.success': true,
};

describe('the result of an availability test', () => {
  it('is read from the attributes for it', () => {
    const attributes = {
      ...needed,
      'microsoft.availability.runLocation': 'West Europe',
      'microsoft.availability.message': 'fine',
      'microsoft.custom_measurements': { bytes: 1024 },
      agent: 'a-1',
    };
    assert.deepStrictEqual(envelopeOf({ body: 'done', attributes }), {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Availability',
      time: '2026-11-22T12:00:00.250Z',
      sampleRate: 100,
      iKey: '11111111-2222-3333-4444-555555555555',
      tags: {
        'ai.cloud.role': 'shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
      },
      data: {
        baseType: 'AvailabilityData',
        baseData: {
          ver: 2,
          id: 'run-7',
          name: 'home page',
          duration: '00:00:01.500',
          success: true,
          runLocation: 'West Europe',
          message: 'fine',
          properties: { 'Logger Message': 'done', agent: 'a-1' },
          measurements: { bytes: 1024 },
        },
      },
    });
  });

  it('has the body as its message when no attribute is', () => {
    assert.deepStrictEqual(
      baseDataOf({ body: 'HTTP 503', attributes: { ...needed, 'microsoft.availability.success': 'False' } }),
      {
        ver: 2,
        id: 'run-7',
        name: 'home page',
        duration: '00:00:01.500',
        success: false,
        message: 'HTTP 503',
      },
    );
  });

  it('wins over an exception without a stack', () => {
    assert.deepStrictEqual(baseDataOf({ attributes: { ...needed, 'exception.message': 'HTTP 503' } }), {
      ver: 2,
      id: 'run-7',
      name: 'home page',
      duration: '00:00:01.500',
      success: true,
      properties: { 'exception.message': 'HTTP 503' },
    });
  });

  const durations: [unknown, string][] = [
    ['00:00:01.500', '00:00:01.500'],
    ['1.02:03:04.0000005', '1.02:03:04.0000005'],
    [1500, '00:00:01.5000000'],
    ['1500', '00:00:01.5000000'],
    [0.25, '00:00:00.0002500'],
    [59_999.999_99, '00:00:59.9999999'],
    [0, '00:00:00.0000000'],
    [-5, '00:00:00.0000000'],
    [1e15, '999.23:59:59.9999999'],
  ];
  for (const [duration, expected] of durations) {
    it(`takes ${JSON.stringify(duration)} for ${expected}`, () => {
      assert.deepStrictEqual(baseDataOf({ attributes: { ...needed, 'microsoft.availability.duration': duration } }), {
        ver: 2,
        id: 'run-7',
        name: 'home page',
        duration: expected,
        success: true,
      });
    });
  }

  const incomplete: [string, AttributeMap][] = [
    ['an id', { 'microsoft.availability.id': '' }],
    ['a name', { 'microsoft.availability.name': ' ' }],
    ['a duration', { 'microsoft.availability.duration': 'PT1S' }],
    ['an end', { 'microsoft.availability.success': undefined }],
  ];
  for (const [what, attributes] of incomplete) {
    it(`is none without ${what}`, () => {
      const { data } = envelopeOf({ body: 'x', attributes: { ...needed, ...attributes } });
      assert.equal(data.baseType, 'MessageData');
    });
  }

  it('cuts its fields', () => {
    const attributes = {
      ...needed,
      'microsoft.availability.id': 'i'.repeat(600),
      'microsoft.availability.name': 'n'.repeat(2000),
      'microsoft.availability.runLocation': 'l'.repeat(2000),
      'microsoft.availability.message': 'm'.repeat(9000),
    };
    assert.deepStrictEqual(baseDataOf({ attributes }), {
      ver: 2,
      id: 'i'.repeat(512),
      name: 'n'.repeat(1024),
      duration: '00:00:01.500',
      success: true,
      runLocation: 'l'.repeat(1024),
      message: 'm'.repeat(8192),
    });
  });
});

describe('the time of an availability test', () => {
  const times: [string, string][] = [
    ['2026-11-22T11:59:00Z', '2026-11-22T11:59:00.000Z'],
    ['2026-11-22T11:59:00.1234567Z', '2026-11-22T11:59:00.123Z'],
    ['2026-11-22T13:59:00+02:00', '2026-11-22T11:59:00.000Z'],
    ['2026-11-22T11:59:00', '2026-11-22T11:59:00.000Z'],
  ];
  for (const [given, time] of times) {
    it(`is ${time} for ${given}`, () => {
      const envelope = envelopeOf({ attributes: { ...needed, 'microsoft.availability.testTimestamp': given } });
      assert.equal(envelope.time, time);
      assert.equal(envelope.data.baseData.properties, undefined);
    });
  }

  for (const given of [
    'yesterday',
    '22/11/2026',
    '2026-13-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
    '1969-12-31T00:00:00Z',
    42,
  ]) {
    it(`is that of the record for ${given}, which is kept`, () => {
      const envelope = envelopeOf({ attributes: { ...needed, 'microsoft.availability.testTimestamp': given } });
      assert.equal(envelope.time, '2026-11-22T12:00:00.250Z');
      assert.deepStrictEqual(envelope.data.baseData.properties, {
        'microsoft.availability.testTimestamp': String(given),
      });
    });
  }
});

function envelopeOf(parts: LogRecordParts): Envelope {
  return logToEnvelope(makeLogRecord(parts), mappingContext());
}

function baseDataOf(parts: LogRecordParts): unknown {
  return envelopeOf(parts).data.baseData;
}
