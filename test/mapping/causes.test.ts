import assert from 'node:assert/strict';
import { withPrintedCauses } from '../../src/mapping/causes.ts';

const error = { type: 'Error', message: 'outer' };

describe('withPrintedCauses', () => {
  it('takes apart what Node.js prints', () => {
    const stack = [
      'Error: outer',
      '    at a (/a.js:1:1) {',
      "  code: 'E1',",
      '  [cause]: TypeError [ERR_X]: inner: of two',
      '  lines',
      '      at b (/b.js:2:2) {',
      '    [cause]: RangeError: innermost',
      '        at c (/c.js:3:3)',
      '  }',
      '}',
    ].join('\n');
    const innermost = {
      type: 'RangeError',
      message: 'innermost',
      stack: 'RangeError: innermost\n        at c (/c.js:3:3)',
      causes: [],
    };
    const inner = {
      type: 'TypeError',
      message: 'inner: of two\n  lines',
      stack: 'TypeError [ERR_X]: inner: of two\n  lines\n      at b (/b.js:2:2)',
      causes: [innermost],
    };
    assert.deepStrictEqual(withPrintedCauses({ ...error, stack }), {
      type: 'Error',
      message: 'outer',
      stack: "Error: outer\n    at a (/a.js:1:1) {\n  code: 'E1',",
      causes: [inner],
    });
  });

  it('takes apart what pino prints', () => {
    const stack = 'Error: outer\n    at a (/a.js:1:1)\ncaused by: TypeError: inner\n    at b (/b.js:2:2)';
    assert.deepStrictEqual(withPrintedCauses({ ...error, stack }), {
      type: 'Error',
      message: 'outer',
      stack: 'Error: outer\n    at a (/a.js:1:1)',
      causes: [{ type: 'TypeError', message: 'inner', stack: 'TypeError: inner\n    at b (/b.js:2:2)', causes: [] }],
    });
  });

  it('takes a cause without type and stack for a message', () => {
    const stack = 'Error: outer\n    at a (/a.js:1:1) {\n  [cause]: 42\n}';
    assert.deepStrictEqual(withPrintedCauses({ ...error, stack }), {
      type: 'Error',
      message: 'outer',
      stack: 'Error: outer\n    at a (/a.js:1:1)',
      causes: [{ type: undefined, message: '42', stack: undefined, causes: [] }],
    });
  });

  it('keeps a brace that belongs to a message', () => {
    const stack = 'Error: outer\ncaused by: TypeError: not { x }';
    assert.deepStrictEqual(withPrintedCauses({ ...error, stack }).causes, [
      { type: 'TypeError', message: 'not { x }', stack: undefined, causes: [] },
    ]);
  });

  const untouched: [string, string | undefined][] = [
    ['without a stack', undefined],
    ['without causes', 'Error: outer\n    at a (/a.js:1:1)'],
    ['that speaks of a cause in its message', 'Error: outer, caused by: rain\n    at a (/a.js:1:1)'],
    ['with members', 'AggregateError: outer {\n  [errors]: [\n    Error: a {\n      [cause]: Error: b\n    }\n  ]\n}'],
  ];
  for (const [what, stack] of untouched) {
    it(`leaves an error ${what} as it is`, () => {
      assert.deepStrictEqual(withPrintedCauses({ ...error, stack }), { type: 'Error', message: 'outer', stack });
    });
  }
});
