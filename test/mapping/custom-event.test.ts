import assert from 'node:assert/strict';
import type { EnvelopeData } from '../../src/envelope/envelope.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

const NAME = 'microsoft.custom_event.name';
const MARKER = 'APPLICATION_INSIGHTS_EVENT_MARKER_ATTRIBUTE';

describe('a custom event', () => {
  const events: [string, LogRecordParts, EnvelopeData['baseData']][] = [
    [
      'is named by an attribute',
      { attributes: { [NAME]: 'order placed', sku: 'a-1' } },
      {
        ver: 2,
        name: 'order placed',
        properties: { sku: 'a-1' },
      },
    ],
    [
      'keeps a body that says something else',
      { body: 'by jo', attributes: { [NAME]: 'order placed' } },
      {
        ver: 2,
        name: 'order placed',
        properties: { 'Logger Message': 'by jo' },
      },
    ],
    [
      'keeps no body that says the same',
      { body: 'order placed', attributes: { [NAME]: 'order placed' } },
      {
        ver: 2,
        name: 'order placed',
      },
    ],
    [
      'has measurements',
      { attributes: { [NAME]: 'order placed', 'microsoft.custom_measurements': '{"total":9.5}' } },
      {
        ver: 2,
        name: 'order placed',
        measurements: { total: 9.5 },
      },
    ],
    [
      'has the measurements that the classic SDK hands over in the body',
      {
        body: { measurements: { total: 9.5, rate: 'x' } },
        attributes: { [NAME]: 'order placed', 'microsoft.custom_measurements': { items: 2 } },
      },
      {
        ver: 2,
        name: 'order placed',
        measurements: { items: 2, total: 9.5 },
      },
    ],
    [
      'keeps what a body holds besides measurements',
      { body: { measurements: { total: 9.5 }, by: 'jo' }, attributes: { [NAME]: 'order placed' } },
      {
        ver: 2,
        name: 'order placed',
        properties: { 'Logger Message': '{"by":"jo"}' },
        measurements: { total: 9.5 },
      },
    ],
    [
      'is the body of a marked record',
      { body: 'order placed', attributes: { [MARKER]: true } },
      {
        ver: 2,
        name: 'order placed',
      },
    ],
    [
      'is marked by a text, too',
      { body: 'order placed', attributes: { [MARKER]: 'True' } },
      {
        ver: 2,
        name: 'order placed',
      },
    ],
    [
      'is the event of a marked record without a body',
      { eventName: 'order.placed', attributes: { [MARKER]: true } },
      {
        ver: 2,
        name: 'order.placed',
        properties: { 'event.name': 'order.placed' },
      },
    ],
    [
      'has a name of at most 512 code units',
      { attributes: { [NAME]: 'n'.repeat(600) } },
      {
        ver: 2,
        name: 'n'.repeat(512),
      },
    ],
    [
      'wins over an exception without a stack',
      { attributes: { [NAME]: 'refused', 'exception.type': 'E', 'exception.message': 'no' } },
      {
        ver: 2,
        name: 'refused',
        properties: { 'exception.type': 'E', 'exception.message': 'no' },
      },
    ],
    [
      'wins over an availability result',
      {
        attributes: {
          [NAME]: 'probed',
          'microsoft.availability.id': '1',
          'microsoft.availability.name': 'n',
          'microsoft.availability.duration': 5,
          'microsoft.availability.success': true,
        },
      },
      {
        ver: 2,
        name: 'probed',
        properties: {
          'microsoft.availability.id': '1',
          'microsoft.availability.name': 'n',
          'microsoft.availability.duration': '5',
          'microsoft.availability.success': 'true',
        },
      },
    ],
  ];
  for (const [what, parts, baseData] of events) {
    it(what, () => assert.deepStrictEqual(dataOf(parts), { baseType: 'EventData', baseData }));
  }

  const others: [string, LogRecordParts, EnvelopeData['baseData']][] = [
    [
      'whose name is blank',
      { body: 'x', attributes: { [NAME]: ' ' } },
      { ver: 2, message: 'x', properties: { [NAME]: ' ' } },
    ],
    [
      'that is marked false',
      { body: 'x', attributes: { [MARKER]: false } },
      { ver: 2, message: 'x', properties: { [MARKER]: 'false' } },
    ],
    [
      'that is marked and says nothing',
      { attributes: { [MARKER]: true } },
      { ver: 2, message: 'n/a', properties: { [MARKER]: 'true' } },
    ],
  ];
  for (const [what, parts, baseData] of others) {
    it(`is none of a record ${what}`, () =>
      assert.deepStrictEqual(dataOf(parts), { baseType: 'MessageData', baseData }));
  }

  it('loses against an exception with a type and a stack', () => {
    const attributes = { [NAME]: 'refused', 'exception.type': 'E', 'exception.stacktrace': 'E: no' };
    assert.deepStrictEqual(dataOf({ attributes }), {
      baseType: 'ExceptionData',
      baseData: {
        ver: 2,
        exceptions: [{ typeName: 'E', message: 'E', hasFullStack: true, stack: 'E: no' }],
        properties: { [NAME]: 'refused' },
      },
    });
  });
});

function dataOf(parts: LogRecordParts): EnvelopeData {
  return logToEnvelope(makeLogRecord(parts), mappingContext()).data;
}
