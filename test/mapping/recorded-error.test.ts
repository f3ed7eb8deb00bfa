import assert from 'node:assert/strict';
import vm from 'node:vm';
import { AttributeReader } from '../../src/mapping/attributes.ts';
import { readError, takeRecordedError } from '../../src/mapping/recorded-error.ts';

describe('takeRecordedError', () => {
  it('takes type, message and stack out of the attributes', () => {
    const attributes = new AttributeReader({
      'exception.type': 'TypeError',
      'exception.message': 'no',
      'exception.stacktrace': 'TypeError: no\n    at f (/a.js:1:2)',
      'exception.escaped': true,
    });
    assert.deepStrictEqual(takeRecordedError(attributes), {
      type: 'TypeError',
      message: 'no',
      stack: 'TypeError: no\n    at f (/a.js:1:2)',
    });
    assert.deepStrictEqual([...attributes.rest()], [['exception.escaped', true]]);
  });

  it('reads a long stack whole', () => {
    const stack = `Error: no\n${'    at f (/a.js:1:2)\n'.repeat(5000)}`;
    assert.equal(takeRecordedError(new AttributeReader({ 'exception.stacktrace': stack })).stack?.length, 105_010);
  });

  it('finds nothing where nothing is', () => {
    assert.deepStrictEqual(takeRecordedError(new AttributeReader({})), {
      type: undefined,
      message: undefined,
      stack: undefined,
    });
  });

  it('leaves a stack that is no text among the attributes', () => {
    const attributes = new AttributeReader({ 'exception.stacktrace': ['at f'] });
    assert.deepStrictEqual(takeRecordedError(attributes), { type: undefined, message: undefined, stack: undefined });
    assert.deepStrictEqual([...attributes.rest()], [['exception.stacktrace', ['at f']]]);
  });
});

describe('readError', () => {
  it('reads an error with its cause and its members, each once', () => {
    const inner = withStack(new RangeError('inner'), 'RangeError: inner');
    const first = withStack(new TypeError('first', { cause: inner }), 'TypeError: first');
    const error = withStack(new AggregateError([first, inner, 'rain'], 'many', { cause: 'storm' }), 'many');
    assert.deepStrictEqual(readError(error), {
      type: 'AggregateError',
      message: 'many',
      stack: 'many',
      causes: [
        { type: undefined, message: 'storm', stack: undefined },
        {
          type: 'TypeError',
          message: 'first',
          stack: 'TypeError: first',
          causes: [{ type: 'RangeError', message: 'inner', stack: 'RangeError: inner', causes: [] }],
        },
        { type: undefined, message: 'rain', stack: undefined },
      ],
    });
  });

  it('reads an error of another realm', () => {
    const error: unknown = vm.runInNewContext("Object.assign(new EvalError('far'), { stack: 'EvalError: far' })");
    assert.deepStrictEqual(readError(error), {
      type: 'EvalError',
      message: 'far',
      stack: 'EvalError: far',
      causes: [],
    });
  });

  it('comes to an end when errors cause each other', () => {
    const one = withStack(new Error('one'), 'Error: one');
    const two = withStack(new Error('two', { cause: one }), 'Error: two');
    one.cause = two;
    assert.deepStrictEqual(readError(one), {
      type: 'Error',
      message: 'one',
      stack: 'Error: one',
      causes: [{ type: 'Error', message: 'two', stack: 'Error: two', causes: [] }],
    });
  });

  it('comes to an end when an error makes its causes', () => {
    const endless = (): Error => Object.defineProperty(new Error('next'), 'cause', { get: endless });
    let depth = 0;
    for (let error = readError(endless()); error !== undefined; error = error.causes?.[0]) depth += 1;
    assert.equal(depth, 1000);
  });

  it('reads around getters that throw and texts that are none', () => {
    const error = Object.defineProperty(new Error('no'), 'stack', {
      get: () => {
        throw new Error('never shown');
      },
    });
    assert.deepStrictEqual(readError(Object.assign(error, { name: 7 })), {
      type: undefined,
      message: 'no',
      stack: undefined,
      causes: [],
    });
  });

  for (const value of [undefined, null, 'Error', 42, {}, { name: 'Error', message: 'no', stack: 'Error: no' }, []]) {
    it(`takes ${JSON.stringify(value)} for no error`, () => assert.equal(readError(value), undefined));
  }
});

function withStack<E extends Error>(error: E, stack: string): E {
  error.stack = stack;
  return error;
}
