import { expect } from 'chai';
import { readLoggedArguments } from '../../src/loggers/logged-arguments.ts';

describe('readLoggedArguments', () => {
  const error = new TypeError('no such thing');
  error.stack = 'TypeError: no such thing\n    at f (a.js:1:2)';
  const thrown = {
    'exception.type': 'TypeError',
    'exception.message': 'no such thing',
    'exception.stacktrace': error.stack,
  };
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  const cases: [string, unknown[], string | undefined, object][] = [
    ['a text', ['text'], 'text', {}],
    ['several', ['a', 1, true, null], 'a 1 true null', {}],
    ['nothing', [], '', {}],
    ['directives', ['%s of %d%%', 'a', 3, { b: 1 }], 'a of 3%', { b: 1 }],
    ['an object that a directive takes', ['%j', { a: 1 }, { b: 2 }], '{"a":1}', { b: 2 }],
    ['objects, the last of which wins', ['text', { a: 1 }, { a: 2 }], 'text', { a: 2 }],
    ['only an object', [{ a: 1 }], '{ a: 1 }', { a: 1 }],
    ['an object that holds itself', ['text', circular], 'text', { self: '[Circular]' }],
    ['lists and objects of classes as text', ['text', [1], new Set([2])], 'text [ 1 ] Set(1) { 2 }', {}],
    ['an error', [error], undefined, thrown],
    ['an error behind a text', ['failed:', error, { a: 1 }], 'failed:', { a: 1, ...thrown }],
    ['a second error as text', [error, 'and', 'more'], 'and more', thrown],
  ];
  for (const [what, args, body, attributes] of cases) {
    it(`reads ${what}`, () => {
      expect(readLoggedArguments(args)).to.deep.equal({ body, attributes });
    });
  }
});
