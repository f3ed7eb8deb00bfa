import { expect } from 'chai';
import { nameOfNumber, severityOfName, severityOfNumber, toLeastSeverity } from '../../src/loggers/levels.ts';

describe('the table of levels', () => {
  const names: [string, string[], number[]][] = [
    ['npm in winston', ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'], [17, 13, 9, 7, 6, 5, 1]],
    [
      'syslog in winston',
      ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'],
      [23, 22, 21, 17, 13, 10, 9, 5],
    ],
    ['pino and bunyan', ['fatal', 'error', 'warn', 'info', 'debug', 'trace'], [21, 17, 13, 9, 5, 1]],
    ['log4js', ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'MARK'], [21, 17, 13, 9, 5, 1, 9]],
    ['the console', ['error', 'warn', 'info', 'log', 'debug', 'trace'], [17, 13, 9, 9, 5, 1]],
  ];
  for (const [logger, levels, severities] of names) {
    it(`has the names of ${logger}`, () => {
      expect(levels.map(severityOfName)).to.deep.equal(severities);
    });
  }

  it('has the numbers of pino and bunyan, and takes others for the level below', () => {
    const levels = [70, 60, 59, 50, 40, 35, 30, 20, 10, 5, Number.NaN];
    const severities = levels.map(level => severityOfNumber(level, 'pinoAndBunyan'));
    expect(severities).to.deep.equal([21, 21, 17, 17, 13, 9, 9, 5, 1, 1, undefined]);
    expect(levels.map(nameOfNumber)).to.deep.equal([
      undefined,
      'fatal',
      undefined,
      'error',
      'warn',
      undefined,
      'info',
      'debug',
      'trace',
      undefined,
      undefined,
    ]);
  });

  it('has the numbers of log4js', () => {
    const severities = [50_000, 40_000, 30_000, 25_000, 10_000, 5000].map(level => severityOfNumber(level, 'log4js'));
    expect(severities).to.deep.equal([21, 17, 13, 9, 5, 1]);
  });

  it('refuses what is no level where one is asked for', () => {
    expect([toLeastSeverity('warn'), toLeastSeverity(undefined)]).to.deep.equal([13, 0]);
    expect(() => toLeastSeverity('loud')).to.throw(RangeError, 'level: expected the name of a level such as "warn"');
  });
});
