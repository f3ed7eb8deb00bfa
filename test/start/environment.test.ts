import { expect } from 'chai';
import { isTrueIn, listIn, numberIn, positiveNumberIn, textIn } from '../../src/start/environment.ts';

describe('the environment', () => {
  const cases: [string, string | undefined, object][] = [
    ['a text', ' shop ', { text: 'shop', list: ['shop'] }],
    ['nothing', undefined, {}],
    ['an empty text', '', {}],
    ['blanks', '  ', {}],
    ['a list', 'otlp, azure_monitor,,otlp', { text: 'otlp, azure_monitor,,otlp', list: ['otlp', 'azure_monitor'] }],
    ['a number', '0.5', { text: '0.5', list: ['0.5'], number: 0.5, positive: 0.5 }],
    ['zero', '0', { text: '0', list: ['0'], number: 0 }],
    ['a negative number', '-1', { text: '-1', list: ['-1'], number: -1 }],
    ['yes', 'TRUE', { text: 'TRUE', list: ['TRUE'], yes: true }],
    ['what is no yes to OpenTelemetry', '1', { text: '1', list: ['1'], number: 1, positive: 1 }],
  ];
  for (const [what, X, expected] of cases) {
    it(`reads ${what}`, () => {
      const read = {
        text: textIn({ X }, 'X'),
        list: listIn({ X }, 'X'),
        number: numberIn({ X }, 'X'),
        positive: positiveNumberIn({ X }, 'X'),
        yes: isTrueIn({ X }, 'X'),
      };
      expect(read).to.deep.equal({
        text: undefined,
        list: undefined,
        number: undefined,
        positive: undefined,
        yes: false,
        ...expected,
      });
    });
  }
});
