import { expect } from 'chai';
import { toErrorAttributes } from '../../src/logs/error-attributes.ts';

describe('toErrorAttributes', () => {
  const cases: [string, unknown, [type: string, message: string, stack?: string]][] = [
    ['an error', error('TypeError', 'no'), ['TypeError', 'no', 'TypeError: no']],
    [
      'causes',
      error('A', 'a', { cause: error('B', 'b', { cause: error('C', 'c') }) }),
      ['A', 'a', 'A: a\n  [cause]: B: b\n  [cause]: C: c'],
    ],
    [
      'the members of an AggregateError',
      error('A', 'a', { errors: [error('B', 'b'), error('C', 'c')] }),
      ['A', 'a', 'A: a\n  [cause]: B: b\n  [cause]: C: c'],
    ],
    ['an error without a stack', error('A', 'a', { stack: undefined }), ['A', 'a']],
    ['what a logger wrote', { type: 'E', message: 'm', stack: 'E: m' }, ['E', 'm', 'E: m']],
    ['a text', 'text', ['string', 'text']],
    ['nothing', undefined, ['undefined', 'undefined']],
    ['an object', { a: 1 }, ['object', '{"a":1}']],
    ['a big integer', 7n, ['bigint', '7']],
    ['a proxy that was revoked', revokedProxy(), ['object', 'a value of type object']],
    ['an error whose members are one', error('A', 'a', { errors: revokedProxy() }), ['A', 'a', 'A: a']],
    ['an error that one caused', error('A', 'a', { cause: revokedProxy() }), ['A', 'a', 'A: a']],
  ];
  for (const [what, thrown, [type, message, stack]] of cases) {
    it(`describes ${what}`, () => {
      expect(toErrorAttributes(thrown)).to.deep.equal({
        'exception.type': type,
        'exception.message': message,
        ...(stack !== undefined && { 'exception.stacktrace': stack }),
      });
    });
  }

  it('shows an error that causes itself once', () => {
    const own = error('A', 'a') as Error & { cause: unknown };
    own.cause = own;
    expect(toErrorAttributes(own)['exception.stacktrace']).to.equal('A: a');
  });
});

function error(name: string, message: string, members: object = {}): Error {
  return Object.assign(new Error(message), { name, stack: `${name}: ${message}` }, members);
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
