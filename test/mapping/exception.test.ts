import assert from 'node:assert/strict';
import type { ExceptionData, ExceptionDetails } from '../../src/envelope/envelope.ts';
import { toExceptionMembers } from '../../src/mapping/exception.ts';
import type { RecordedError } from '../../src/mapping/recorded-error.ts';
import { mappingContext } from './mapping-context.ts';

const nothing: RecordedError = { type: undefined, message: undefined, stack: undefined };

describe('toExceptionMembers', () => {
  it('shows an error with its severity, stack and frames', () => {
    const error = { type: 'TypeError', message: 'no', stack: 'TypeError: no\n    at f (/a.js:1:2)' };
    assert.deepStrictEqual(toExceptionData(error, 'Error', mappingContext()), {
      ver: 2,
      exceptions: [
        {
          typeName: 'TypeError',
          message: 'no',
          hasFullStack: true,
          stack: 'TypeError: no\n    at f (/a.js:1:2)',
          parsedStack: [{ level: 0, method: 'f', assembly: 'at f (/a.js:1:2)', fileName: '/a.js', line: 1 }],
        },
      ],
      severityLevel: 'Error',
    });
  });

  it('leaves out the severity nobody gave', () => {
    assert.deepStrictEqual(toExceptionData({ ...nothing, type: 'E', message: 'no' }, undefined, mappingContext()), {
      ver: 2,
      exceptions: [{ typeName: 'E', message: 'no', hasFullStack: false }],
    });
  });

  const incomplete: [string, Partial<RecordedError>, ExceptionDetails][] = [
    ['nothing at all', {}, { typeName: 'Error', message: 'Error', hasFullStack: false }],
    ['a type alone', { type: 'E' }, { typeName: 'E', message: 'E', hasFullStack: false }],
    ['a message alone', { message: 'no' }, { typeName: 'Error', message: 'no', hasFullStack: false }],
    ['a blank message', { type: 'E', message: ' \n' }, { typeName: 'E', message: 'E', hasFullStack: false }],
    ['a blank type', { type: ' ', message: 'no' }, { typeName: 'Error', message: 'no', hasFullStack: false }],
    ['a blank stack', { message: 'no', stack: ' ' }, { typeName: 'Error', message: 'no', hasFullStack: false }],
    ['a stack alone', { stack: 'x' }, { typeName: 'Error', message: 'Error', hasFullStack: true, stack: 'x' }],
  ];
  for (const [what, error, expected] of incomplete) {
    it(`shows ${what}`, () => assert.deepStrictEqual(detailsOf({ ...nothing, ...error }), [expected]));
  }

  it('takes the user info out of the URLs of message and stack', () => {
    const text = 'Error: cannot reach amqp://user:hunter2@mq.example/';
    assert.deepStrictEqual(detailsOf({ ...nothing, message: text, stack: text }), [
      {
        typeName: 'Error',
        message: 'Error: cannot reach amqp://mq.example/',
        hasFullStack: true,
        stack: 'Error: cannot reach amqp://mq.example/',
      },
    ]);
  });

  it('cuts type and message', () => {
    const context = mappingContext();
    const error = { type: 't'.repeat(2000), message: 'm'.repeat(2_000_000), stack: undefined };
    assert.deepStrictEqual(toExceptionData(error, undefined, context).exceptions, [
      { typeName: 't'.repeat(1024), message: 'm'.repeat(32_768), hasFullStack: false },
    ]);
    assert.deepStrictEqual([...context.omissions.entries()], [['text', 2]]);
  });

  const unusual: [string, string, string, string, number][] = [
    [
      'a secret that begins above the frames and ends in them',
      'no',
      'E: <password\n    at f (/a>hunter2</b.js:1:2)',
      'E: <password\n    at f (/a>REDACTED</b.js:1:2)',
      1,
    ],
    [
      'a message of several lines, one of which looks like a frame',
      'two\n    at once (/a.js:1:2)',
      'E: two\n    at once (/a.js:1:2)\n    at f (/a.js:3:4)',
      'E: two\n    at once (/a.js:1:2)\n    at f (/a.js:3:4)',
      1,
    ],
    ['a first line that looks like a frame', 'no', 'at a\n    at f (/a.js:1:2)', 'at a\n    at f (/a.js:1:2)', 2],
    [
      'a second line that looks like a frame of another engine',
      'no',
      'E: no\n  at a (/a.js:1:2)\n    at f (/a.js:3:4)',
      'E: no\n  at a (/a.js:1:2)\n    at f (/a.js:3:4)',
      2,
    ],
  ];
  for (const [what, message, stack, shown, frames] of unusual) {
    it(`shows a stack with ${what}`, () => {
      const [details] = detailsOf({ type: 'E', message, stack });
      assert.deepStrictEqual([details?.stack, details?.parsedStack?.length], [shown, frames]);
    });
  }

  it('cuts a long stack in its middle, at the ends of lines', () => {
    const context = mappingContext();
    const frame = `    at f (/${'d'.repeat(980)}.js:1:1)`; // 1000 code units with its line break
    const stack = `Error: no\n${`${frame}\n`.repeat(50)}    at last (/z.js:9:9)`;
    const [details] = toExceptionData({ type: 'Error', message: 'no', stack }, undefined, context).exceptions;
    const head = `Error: no\n${Array.from({ length: 16 }, () => frame).join('\n')}`;
    const tail = `${`${frame}\n`.repeat(16)}    at last (/z.js:9:9)`;
    assert.equal(details?.stack, `${head}\n    …\n${tail}`);
    assert.equal(details.hasFullStack, false);
    assert.deepStrictEqual([...context.omissions.entries()], [['text', 1]]);
  });

  it('keeps the head of a stack of one endless line', () => {
    const [details] = detailsOf({ type: 'E', message: 'no', stack: '😀'.repeat(50_000) });
    assert.deepStrictEqual(details, {
      typeName: 'E',
      message: 'no',
      hasFullStack: false,
      stack: `${'😀'.repeat(8190)}\n    …\n`,
    });
  });

  it('shows nothing of a password at which a long stack is cut', () => {
    const stack = `E: ${'x'.repeat(16_360)} amqp://user:hunter2@mq.example/\n${'y\n'.repeat(20_000)}`;
    const [details] = detailsOf({ type: 'E', message: 'no', stack });
    assert.equal(details?.stack?.includes('user'), false);
  });

  it('has no full stack when frames are left out', () => {
    const stack = `Error: no\n${'    at f (/a.js:1:2)\n'.repeat(101)}`;
    const [details] = detailsOf({ type: 'Error', message: 'no', stack });
    assert.deepStrictEqual([details?.hasFullStack, details?.parsedStack?.length, details?.stack], [false, 100, stack]);
  });
});

describe('the chain of an exception', () => {
  it('shows causes depth first, each pointing to the error it caused', () => {
    const cause = (message: string, causes: RecordedError[] = []) => ({ ...nothing, message, causes });
    const error = cause('outer', [cause('a', [cause('a1'), cause('a2')]), cause('b')]);
    assert.deepStrictEqual(detailsOf(error), [
      { id: 1, outerId: 0, typeName: 'Error', message: 'outer', hasFullStack: false },
      { id: 2, outerId: 1, typeName: 'Error', message: 'a', hasFullStack: false },
      { id: 3, outerId: 2, typeName: 'Error', message: 'a1', hasFullStack: false },
      { id: 4, outerId: 2, typeName: 'Error', message: 'a2', hasFullStack: false },
      { id: 5, outerId: 1, typeName: 'Error', message: 'b', hasFullStack: false },
    ]);
  });

  it('shows the causes that a stack prints', () => {
    const stack = 'Error: outer\n    at a (/a.js:1:1)\ncaused by: TypeError: inner\n    at b (/b.js:2:2)';
    assert.deepStrictEqual(detailsOf({ type: 'Error', message: 'outer', stack }), [
      {
        id: 1,
        outerId: 0,
        typeName: 'Error',
        message: 'outer',
        hasFullStack: true,
        stack: 'Error: outer\n    at a (/a.js:1:1)',
        parsedStack: [{ level: 0, method: 'a', assembly: 'at a (/a.js:1:1)', fileName: '/a.js', line: 1 }],
      },
      {
        id: 2,
        outerId: 1,
        typeName: 'TypeError',
        message: 'inner',
        hasFullStack: true,
        stack: 'TypeError: inner\n    at b (/b.js:2:2)',
        parsedStack: [{ level: 0, method: 'b', assembly: 'at b (/b.js:2:2)', fileName: '/b.js', line: 2 }],
      },
    ]);
  });

  it('has no full stack of a cause that is printed too long', () => {
    const inner = `TypeError: inner\n    at b (/b.js:2:2)\n${'y'.repeat(40_000)}`;
    const stack = `Error: outer\n${'z'.repeat(60_000)}\ncaused by: ${inner}`;
    const [, cause] = detailsOf({ type: 'Error', message: 'outer', stack });
    assert.deepStrictEqual([cause?.typeName, cause?.hasFullStack, cause?.parsedStack?.length], ['TypeError', false, 1]);
  });

  const lengths: [number, number, ExceptionDetails | undefined][] = [
    [10, 10, undefined],
    [11, 11, { id: 11, outerId: 1, typeName: 'Error', message: '1 more error was left out', hasFullStack: false }],
    [200, 11, { id: 11, outerId: 1, typeName: 'Error', message: '190 more errors were left out', hasFullStack: false }],
  ];
  for (const [errors, sent, notice] of lengths) {
    it(`sends ${sent} exceptions for a chain of ${errors}`, () => {
      const members = Array.from({ length: errors - 1 }, (_, index) => ({ ...nothing, message: `member ${index}` }));
      const details = detailsOf({ ...nothing, message: 'many', causes: members });
      assert.deepStrictEqual(details[9], {
        id: 10,
        outerId: 1,
        typeName: 'Error',
        message: 'member 8',
        hasFullStack: false,
      });
      assert.deepStrictEqual([details.length, details[10]], [sent, notice]);
    });
  }
});

function toExceptionData(...parts: Parameters<typeof toExceptionMembers>): ExceptionData {
  return JSON.parse(`{${toExceptionMembers(...parts)}}`) as ExceptionData;
}

function detailsOf(error: RecordedError): ExceptionDetails[] {
  return toExceptionData(error, undefined, mappingContext()).exceptions;
}
