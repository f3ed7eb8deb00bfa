import assert from 'node:assert/strict';
import type { ExceptionData } from '../../src/envelope/envelope.ts';
import { makeLogRecord, type LogRecordParts } from './make-log-record.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope } from './envelopes.ts';

/** The row of a log record, when it happened, and what was left out of it. */
function map(parts: LogRecordParts): { time: string; data: unknown; omitted: unknown[] } {
  const context = mappingContext();
  const { time, data } = logToEnvelope(makeLogRecord(parts), context);
  return { time, data: data.baseData, omitted: [...context.omissions.entries()] };
}

describe('a log record that cannot be', () => {
  for (const member of ['resource', 'instrumentationScope'] as const) {
    it(`is refused without ${member}`, () => {
      const record = { ...makeLogRecord({ body: 'x' }), [member]: undefined };
      assert.throws(() => logToEnvelope(record, mappingContext({ includeScope: true })), TypeError);
    });
  }
});

describe('a log record with something wrong', () => {
  it('shows 100 of 20,000 frames and 32,768 of two million characters', () => {
    const frames = Array.from({ length: 20_000 }, (_, level) => `    at f${level} (/srv/app/file.js:${level}:1)`);
    const message = 'm'.repeat(2_000_000);
    const attributes = {
      'exception.type': 'Error',
      'exception.message': message,
      'exception.stacktrace': `Error: no\n${frames.join('\n')}`,
    };
    const { data, omitted } = map({ attributes });
    const [details, ...others] = (data as ExceptionData).exceptions;
    assert.deepStrictEqual(others, []);
    assert.deepStrictEqual(
      [details?.typeName, details?.message.length, details?.hasFullStack, details?.parsedStack?.length],
      ['Error', 32_768, false, 100],
    );
    assert.match(
      details?.stack ?? '',
      /^Error: no\n {4}at f0 [^]*\n {4}…\n[^]* {4}at f19999 \(\/srv\/app\/file.js:19999:1\)$/,
    );
    assert.ok((details?.stack?.length ?? 0) <= 32_768);
    assert.deepStrictEqual(omitted, [['text', 2]]);
  });

  it('has no full stack without a stack', () => {
    assert.deepStrictEqual(map({ attributes: { 'exception.type': 'Error', 'exception.message': 'no' } }).data, {
      ver: 2,
      exceptions: [{ typeName: 'Error', message: 'no', hasFullStack: false }],
    });
  });

  it('comes to the end of errors that cause each other', () => {
    const [one, two] = [new Error('one'), new Error('two')];
    for (const error of [one, two]) error.stack = '';
    one.cause = two;
    two.cause = new AggregateError([one, two], 'all');
    Object.assign(two.cause as Error, { stack: '' });
    assert.deepStrictEqual(map({ body: one }).data, {
      ver: 2,
      exceptions: [
        { id: 1, outerId: 0, typeName: 'Error', message: 'one', hasFullStack: false },
        { id: 2, outerId: 1, typeName: 'Error', message: 'two', hasFullStack: false },
        { id: 3, outerId: 2, typeName: 'AggregateError', message: 'all', hasFullStack: false },
      ],
    });
  });

  it('is an exception by its type alone', () => {
    assert.deepStrictEqual(map({ body: 'no', attributes: { 'exception.type': 'RangeError' } }).data, {
      ver: 2,
      exceptions: [{ typeName: 'RangeError', message: 'RangeError', hasFullStack: false }],
      properties: { 'Logger Message': 'no' },
    });
  });

  it('is a message when the classic SDK would not know it', () => {
    assert.deepStrictEqual(map({ body: { name: 'x' }, attributes: { '_MS.baseType': 'Unheard' } }).data, {
      ver: 2,
      message: '{"name":"x"}',
      properties: { '_MS.baseType': 'Unheard' },
    });
  });

  it('is a message when the classic SDK left out the body', () => {
    assert.deepStrictEqual(map({ attributes: { '_MS.baseType': 'MessageData' } }).data, {
      ver: 2,
      message: 'n/a',
      properties: { '_MS.baseType': 'MessageData' },
    });
  });

  it('shows a body that holds itself, a bigint and a getter that throws', () => {
    const body: Record<string, unknown> = { big: 2n ** 70n };
    body['self'] = body;
    Object.defineProperty(body, 'broken', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    assert.deepStrictEqual(map({ body }).data, {
      ver: 2,
      message: '{"big":"1180591620717411303424","self":"[Circular]","broken":"[unreadable]"}',
    });
  });

  for (const body of [null, undefined, '']) {
    it(`says n/a where the body is ${JSON.stringify(body)}`, () => {
      assert.deepStrictEqual(map({ body }).data, { ver: 2, message: 'n/a' });
    });
  }

  it('happened when it was observed where its time is NaN', () => {
    const { time, data } = map({ body: 'x', hrTime: [Number.NaN, Number.NaN] });
    assert.deepStrictEqual([time, data], ['2026-11-22T12:00:01.000Z', { ver: 2, message: 'x' }]);
  });

  it('does without attributes that are missing', () => {
    assert.deepStrictEqual(map({ body: 'x', attributes: undefined as never }).data, { ver: 2, message: 'x' });
  });

  it('has at most 200 properties', () => {
    const attributes = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    const { data, omitted } = map({ body: 'x', attributes });
    assert.equal(Object.keys((data as ExceptionData).properties ?? {}).length, 200);
    assert.deepStrictEqual(omitted, [['property', 9800]]);
  });
});
