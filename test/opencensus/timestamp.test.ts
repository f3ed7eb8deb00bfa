import { expect } from 'chai';
import { toIsoTimestamp, toPrintedTimestamp } from '../../src/opencensus/timestamp.ts';

describe('timestamps', () => {
  const cases: [string, number, string, string][] = [
    ['milliseconds', 1570654684930, '2019-10-09T20:58:04.930000Z', '2019-10-09 20:58:04.930000'],
    ['microseconds', 1570654684930.426, '2019-10-09T20:58:04.930426Z', '2019-10-09 20:58:04.930426'],
    ['a whole second', 1570654684000, '2019-10-09T20:58:04.000000Z', '2019-10-09 20:58:04'],
    ['what rounds up to a second', 1570654684999.9998, '2019-10-09T20:58:05.000000Z', '2019-10-09 20:58:05'],
    ['a time before 1970', -1, '1969-12-31T23:59:59.999000Z', '1969-12-31 23:59:59.999000'],
  ];
  for (const [what, epochMillis, iso, printed] of cases) {
    it(`show ${what}`, () => {
      expect([toIsoTimestamp(epochMillis), toPrintedTimestamp(epochMillis)]).to.deep.equal([iso, printed]);
    });
  }
});
