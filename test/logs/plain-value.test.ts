import { expect } from 'chai';
import fc from 'fast-check';
import { toPlainAttributes, toPlainValue } from '../../src/logs/plain-value.ts';

class Point {
  x = 1;
  get y(): number {
    throw new Error('no');
  }
}

describe('toPlainValue', () => {
  const cyclic: Record<string, unknown> = { a: 1 };
  cyclic['self'] = [cyclic];
  const unreadable: unknown = new Proxy({}, { ownKeys: () => assertNever() });
  const cases: [string, unknown, unknown][] = [
    ['a text', 'text', 'text'],
    ['null', null, null],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a date that is none', new Date(NaN), 'Invalid Date'],
    ['a big integer', 7n, '7'],
    ['a function', () => 1, undefined],
    ['an object of a class', new Point(), { x: 1 }],
    ['a map', new Map([['a', new Date(0)]]), { a: '1970-01-01T00:00:00.000Z' }],
    ['a set', new Set([1, undefined]), [1, null]],
    ['an object in a circle', cyclic, { a: 1, self: ['[Circular]'] }],
    ['an object that cannot be read', unreadable, '[unreadable]'],
  ];
  for (const [what, value, expected] of cases) {
    it(`copies ${what}`, () => {
      expect(toPlainValue(value)).to.deep.equal(expected);
    });
  }

  it('copies an error with its texts and members', () => {
    const error = Object.assign(new RangeError('no'), { stack: 'RangeError: no', code: 7n });
    expect(toPlainValue(error)).to.deep.equal({
      name: 'RangeError',
      message: 'no',
      stack: 'RangeError: no',
      code: '7',
    });
  });

  it('ends in deep objects', () => {
    const deep = Array.from({ length: 100 }).reduce<unknown>(inner => ({ inner }), 1);
    expect(JSON.stringify(toPlainValue(deep))).to.equal(
      '{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":{"inner":"[Object]"}}}}}}}}',
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), value => {
        JSON.stringify(toPlainValue(value));
      }),
    );
  });
});

describe('toPlainAttributes', () => {
  it('leaves out what has no name, and shows that a getter threw', () => {
    const given = {
      '': 1,
      a: 2,
      get b(): number {
        return assertNever();
      },
    };
    expect(toPlainAttributes(given)).to.deep.equal({ a: 2, b: '[unreadable]' });
  });
});

function assertNever(): never {
  throw new Error('no');
}
