import assert from 'node:assert/strict';
import type { SeverityLevel } from '../../src/envelope/envelope.ts';
import { toSeverityLevel } from '../../src/mapping/severity.ts';

describe('toSeverityLevel', () => {
  const numbers: [SeverityLevel, number[]][] = [
    ['Verbose', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['Information', [9, 10, 11, 12]],
    ['Warning', [13, 14, 15, 16]],
    ['Error', [17, 18, 19, 20]],
    ['Critical', [21, 22, 23, 24]],
  ];
  for (const [level, all] of numbers) {
    for (const number of all) {
      it(`takes ${number} for ${level}`, () => assert.equal(toSeverityLevel(number, 'whatever'), level));
    }
  }

  const texts: [SeverityLevel, string[]][] = [
    ['Verbose', ['TRACE', 'debug', 'Verbose', 'silly', 'DEBUG3', 'finest']],
    ['Information', ['INFO', 'info2', 'Information', 'notice', 'http', 'log', ' info ']],
    ['Warning', ['WARN', 'warning', 'Warn4']],
    ['Error', ['ERROR', 'err', 'error2', 'severe']],
    ['Critical', ['FATAL', 'critical', 'crit', 'alert', 'emerg', 'emergency', 'panic']],
  ];
  for (const [level, all] of texts) {
    for (const text of all) {
      it(`takes "${text}" for ${level} when no number is given`, () => {
        assert.equal(toSeverityLevel(undefined, text), level);
      });
    }
  }

  it('lets the text decide when the number says nothing', () => {
    for (const number of [0, -1, 25, 30, Number.NaN, Number.POSITIVE_INFINITY, '17', null]) {
      assert.equal(toSeverityLevel(number, 'warn'), 'Warning');
    }
  });

  it('lets the number decide when both say something', () => assert.equal(toSeverityLevel(17, 'info'), 'Error'));

  for (const text of [undefined, null, '', 'loud', 'constructor', '__proto__', 42]) {
    it(`says nothing of ${JSON.stringify(text)}`, () => assert.equal(toSeverityLevel(undefined, text), undefined));
  }
});
