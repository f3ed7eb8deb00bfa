import { expect } from 'chai';
import { toText } from '../../src/mapping/text.ts';

describe('toText', () => {
  class Money {
    readonly cents = 995;
    toJSON(): unknown {
      return { cents: this.cents, currency: 'EUR' };
    }
  }
  const cyclic: Record<string, unknown> = { name: 'a' };
  cyclic['self'] = cyclic;
  const shared = { id: 1 };

  const texts: [string, unknown, string | undefined][] = [
    ['undefined', undefined, undefined],
    ['a function', () => 'source text', undefined],
    ['a symbol', Symbol('s'), undefined],
    ['null', null, 'null'],
    ['minus zero', -0, '0'],
    ['a big integer', 2n ** 64n, '18446744073709551616'],
    ['a Buffer', Buffer.from('hello'), 'aGVsbG8='],
    ['an ArrayBuffer', new Uint8Array([1, 2, 3]).buffer, 'AQID'],
    ['part of a buffer', new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4), 'AQID'],
    ['a date', new Date(Date.UTC(2026, 0, 2)), '2026-01-02T00:00:00.000Z'],
    ['a date that is none', new Date(Number.NaN), 'Invalid Date'],
    ['an empty list', [], '[]'],
    ['an empty object', {}, '{}'],
    ['a list with what JSON has no text for', [undefined, () => 1, Symbol('s'), 1], '[null,null,null,1]'],
    ['an object with what JSON has no text for', { a: undefined, b: () => 1, c: 1 }, '{"c":1}'],
    ['a set', new Set(['a', 1]), '["a",1]'],
    [
      'a map with keys of all kinds',
      new Map<unknown, unknown>([
        [1, 'a'],
        [null, 'b'],
      ]),
      '{"1":"a","null":"b"}',
    ],
    ['an error', new RangeError('too far'), '{"name":"RangeError","message":"too far"}'],
    ['a URL object', new URL('https://x.example/a'), '"https://x.example/a"'],
    ['an object that says how it is written', { price: new Money() }, '{"price":{"cents":995,"currency":"EUR"}}'],
    ['a cycle', cyclic, '{"name":"a","self":"[Circular]"}'],
    ['an object that is there twice', [shared, shared], '[{"id":1},{"id":1}]'],
    [
      'a key that is a name of a prototype',
      JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
      '{"__proto__":{"a":1},"constructor":2}',
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ];
  for (const [what, value, expected] of texts) {
    it(`shows ${what}`, () => {
      expect(toText(value, 8192)).to.equal(expected);
    });
  }

  const throwing: [string, unknown, string][] = [
    [
      'a getter',
      {
        get a() {
          throw new Error('no');
        },
        b: 1,
      },
      '{"a":"[unreadable]","b":1}',
    ],
    [
      'toJSON',
      [
        {
          toJSON() {
            throw new Error('no');
          },
        },
        1,
      ],
      '["[unreadable]",1]',
    ],
    [
      'a key',
      new Map<unknown, unknown>([
        [
          {
            toString() {
              throw new Error('no');
            },
          },
          1,
        ],
      ]),
      '"[unreadable]"',
    ],
    [
      'a proxy',
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no');
          },
        },
      ),
      '"[unreadable]"',
    ],
    ['a proxy that is gone', revoked(), '[unreadable]'],
  ];
  for (const [what, value, expected] of throwing) {
    it(`survives ${what} that throws`, () => {
      expect(toText(value, 8192)).to.equal(expected);
    });
  }

  it('cuts at a number of UTF-16 code units, and never through a character', () => {
    expect(toText('abc', 3)).to.equal('abc');
    expect(toText('abcd', 3)).to.equal('abc');
    expect(toText('ab😀', 3)).to.equal('ab');
    expect(toText('ab😀', 4)).to.equal('ab😀');
    expect(toText([1, 2, 3], 4)).to.equal('[1,2');
    expect(toText(Buffer.alloc(100), 8)).to.equal('AAAAAAAA');
  });

  it('stops reading a structure when the text is long enough', () => {
    let reads = 0;
    const endless = {
      *[Symbol.iterator](): Generator<number> {
        for (;;) yield (reads += 1);
      },
    };
    const values = Object.setPrototypeOf(new Set(), Object.assign(Object.create(Set.prototype), endless)) as unknown;
    expect(toText(values, 10)).to.equal('[1,2,3,4,5');
    expect(reads).to.be.below(10);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
