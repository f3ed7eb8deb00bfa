import assert from 'node:assert/strict';
import type { StackFrame } from '../../src/envelope/envelope.ts';
import { parseStack } from '../../src/mapping/stack.ts';

describe('parseStack', () => {
  const lines: [string, string, Omit<StackFrame, 'level' | 'assembly'>][] = [
    ['a function', 'at pay (/srv/app/pay.js:12:7)', { method: 'pay', fileName: '/srv/app/pay.js', line: 12 }],
    ['a method', 'at Cart.pay (/srv/cart.js:3:1)', { method: 'Cart.pay', fileName: '/srv/cart.js', line: 3 }],
    ['an alias', 'at Cart.pay [as run] (/a.js:3:1)', { method: 'Cart.pay [as run]', fileName: '/a.js', line: 3 }],
    ['a constructor', 'at new Cart (file:///a.mjs:8:9)', { method: 'new Cart', fileName: 'file:///a.mjs', line: 8 }],
    ['an awaiting function', 'at async load (/a.js:1:2)', { method: 'async load', fileName: '/a.js', line: 1 }],
    ['code outside of functions', 'at /srv/a.js:1:2', { method: '<no_method>', fileName: '/srv/a.js', line: 1 }],
    ['an awaiting module', 'at async file:///a.js:1:2', { method: '<no_method>', fileName: 'file:///a.js', line: 1 }],
    ['Windows', 'at f (C:\\app\\a.js:10:20)', { method: 'f', fileName: 'C:\\app\\a.js', line: 10 }],
    ['a folder with brackets', 'at f (/my app (2)/a.js:1:2)', { method: 'f', fileName: '/my app (2)/a.js', line: 1 }],
    ['built-in code', 'at Array.map (<anonymous>)', { method: 'Array.map', fileName: '<anonymous>' }],
    ['native code', 'at native', { method: '<no_method>', fileName: 'native' }],
    ['Promise.all', 'at async Promise.all (index 0)', { method: 'async Promise.all', fileName: 'index 0' }],
    [
      'Node.js itself',
      'at node:internal/main/run_main_module:36:49',
      { method: '<no_method>', fileName: 'node:internal/main/run_main_module', line: 36 },
    ],
    [
      'evaluated code',
      'at eval (eval at run (/a.js:4:5), <anonymous>:1:1)',
      { method: 'eval', fileName: 'eval at run (/a.js:4:5), <anonymous>', line: 1 },
    ],
    [
      'WebAssembly',
      'at add (wasm://wasm/7b04570e:wasm-function[0]:0x2a)',
      { method: 'add', fileName: 'wasm://wasm/7b04570e:wasm-function[0]:0x2a' },
    ],
  ];
  for (const [what, line, expected] of lines) {
    it(`reads a frame of ${what}`, () => {
      assert.deepStrictEqual(parseStack(`Error: no\n    ${line}`, 'no'), {
        frames: [{ level: 0, ...expected, assembly: line }],
        isComplete: true,
      });
    });
  }

  it('takes no line of the message for a frame', () => {
    const message = 'lost\n    at sea (deep)';
    assert.deepStrictEqual(parseStack(`Error: ${message}\n    at f (/a.js:1:2)`, message), {
      frames: [{ level: 0, method: 'f', assembly: 'at f (/a.js:1:2)', fileName: '/a.js', line: 1 }],
      isComplete: true,
    });
  });

  it('reads all frames when the message only occurs in one of them', () => {
    assert.deepStrictEqual(parseStack('Error\n    at a (/a.js:1:2)\n    at pay (/b.js:3:4)', 'pay'), {
      frames: [
        { level: 0, method: 'a', assembly: 'at a (/a.js:1:2)', fileName: '/a.js', line: 1 },
        { level: 1, method: 'pay', assembly: 'at pay (/b.js:3:4)', fileName: '/b.js', line: 3 },
      ],
      isComplete: true,
    });
  });

  it('finds no frames in the stack of another language', () => {
    const stack = 'Traceback (most recent call last):\n  File "a.py", line 1, in pay\nValueError: no';
    assert.deepStrictEqual(parseStack(stack, 'no'), { frames: [], isComplete: true });
  });

  it('keeps the ends of a stack of more than 100 frames', () => {
    const stack = Array.from({ length: 150 }, (_, level) => `    at f${level} (/a.js:${level}:1)`).join('\n');
    const { frames, isComplete } = parseStack(`Error: no\n${stack}`, 'no');
    assert.deepStrictEqual(frames.slice(49, 51), [
      { level: 49, method: 'f49', assembly: 'at f49 (/a.js:49:1)', fileName: '/a.js', line: 49 },
      { level: 100, method: 'f100', assembly: 'at f100 (/a.js:100:1)', fileName: '/a.js', line: 100 },
    ]);
    assert.deepStrictEqual([frames.length, frames[99]?.level, isComplete], [100, 149, false]);
  });

  it('keeps no more frames than 32,768 code units hold', () => {
    const file = `/${'d'.repeat(485)}.js`;
    const stack = Array.from({ length: 90 }, () => `    at f (${file}:1:1)`).join('\n');
    // A frame counts 1 + 500 + 489: its method, its line and its file. 33 of them are 32,670.
    const { frames, isComplete } = parseStack(`Error: no\n${stack}`, 'no');
    assert.deepStrictEqual([frames.length, frames[16]?.level, frames[17]?.level, isComplete], [33, 16, 74, false]);
  });

  it('cuts the texts of a frame to 1024 code units', () => {
    assert.deepStrictEqual(parseStack(`Error: no\n    at f (/${'d'.repeat(3000)}.js:1:1)`, 'no').frames, [
      { level: 0, method: 'f', assembly: `at f (/${'d'.repeat(1017)}`, fileName: `/${'d'.repeat(1023)}`, line: 1 },
    ]);
  });
});
