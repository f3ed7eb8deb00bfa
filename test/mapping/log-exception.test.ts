import assert from 'node:assert/strict';
import type { ExceptionData } from '../../src/envelope/envelope.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

describe('an exception in a log record', () => {
  const cases: [string, LogRecordParts, ExceptionData][] = [
    [
      'needs no stack',
      { body: 'no card', attributes: { 'exception.type': 'TypeError', 'exception.message': 'no card' } },
      { ver: 2, exceptions: [{ typeName: 'TypeError', message: 'no card', hasFullStack: false }] },
    ],
    [
      'needs no message',
      { attributes: { 'exception.type': 'TypeError' } },
      { ver: 2, exceptions: [{ typeName: 'TypeError', message: 'TypeError', hasFullStack: false }] },
    ],
    [
      'needs no type',
      { attributes: { 'exception.message': 'no card' } },
      { ver: 2, exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }] },
    ],
    [
      'has the severity of the record',
      { severityText: 'warn', attributes: { 'exception.message': 'no card' } },
      {
        ver: 2,
        exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }],
        severityLevel: 'Warning',
      },
    ],
    [
      'keeps a body that is a map',
      { body: { order: 7 }, attributes: { 'exception.message': 'no card' } },
      {
        ver: 2,
        exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }],
        properties: { 'Logger Message': '{"order":7}' },
      },
    ],
    [
      'keeps no blank body',
      { body: ' ', attributes: { 'exception.message': 'no card' } },
      { ver: 2, exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }] },
    ],
    [
      'keeps the name of the event',
      { eventName: 'payment.failed', attributes: { 'exception.message': 'no card' } },
      {
        ver: 2,
        exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }],
        properties: { 'event.name': 'payment.failed' },
      },
    ],
    [
      'may be the body',
      { body: thrown('TypeError', 'no card', { cause: thrown('RangeError', 'no money') }) },
      {
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
          {
            id: 2,
            outerId: 1,
            typeName: 'RangeError',
            message: 'no money',
            hasFullStack: true,
            stack: 'RangeError: no money',
          },
        ],
      },
    ],
    [
      'may be an attribute',
      { body: 'payment failed', attributes: { err: thrown('TypeError', 'no card'), order: 7 } },
      {
        ver: 2,
        exceptions: [{ typeName: 'TypeError', message: 'no card', hasFullStack: true, stack: 'TypeError: no card' }],
        properties: { 'Logger Message': 'payment failed', order: '7' },
      },
    ],
    [
      'is what was recorded, with the causes of the error itself',
      {
        body: thrown('TypeError', 'no card', { cause: thrown('RangeError', 'no money') }),
        attributes: { 'exception.type': 'ERR_CARD', 'exception.message': 'card refused' },
      },
      {
        ver: 2,
        exceptions: [
          {
            id: 1,
            outerId: 0,
            typeName: 'ERR_CARD',
            message: 'card refused',
            hasFullStack: true,
            stack: 'TypeError: no card',
          },
          {
            id: 2,
            outerId: 1,
            typeName: 'RangeError',
            message: 'no money',
            hasFullStack: true,
            stack: 'RangeError: no money',
          },
        ],
      },
    ],
  ];
  for (const [what, parts, baseData] of cases) {
    it(what, () => assert.deepStrictEqual(dataOf(parts), { baseType: 'ExceptionData', baseData }));
  }

  it('is none where type and message are blank', () => {
    const attributes = { 'exception.type': ' ', 'exception.message': '', 'exception.stacktrace': 'at f (/a.js:1:2)' };
    assert.deepStrictEqual(dataOf({ body: 'x', attributes }), {
      baseType: 'MessageData',
      baseData: {
        ver: 2,
        message: 'x',
        properties: { 'exception.type': ' ', 'exception.message': '', 'exception.stacktrace': 'at f (/a.js:1:2)' },
      },
    });
  });

  it('is none where an attribute only looks like an error', () => {
    assert.deepStrictEqual(dataOf({ body: 'x', attributes: { err: { type: 'Error', message: 'no' } } }), {
      baseType: 'MessageData',
      baseData: { ver: 2, message: 'x', properties: { err: '{"type":"Error","message":"no"}' } },
    });
  });
});

function thrown(name: string, message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { name, stack: `${name}: ${message}` });
}

function dataOf(parts: LogRecordParts): unknown {
  return logToEnvelope(makeLogRecord(parts), mappingContext()).data;
}
