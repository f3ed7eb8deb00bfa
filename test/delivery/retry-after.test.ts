import { expect } from 'chai';
import * as fc from 'fast-check';
import type { IncomingHttpHeaders } from 'node:http';
import { retryAfterMillis } from '../../src/delivery/retry-after.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const DAY = 86_400_000;

const cases: [string, IncomingHttpHeaders, number | undefined][] = [
  ['no header', {}, undefined],
  ['seconds', { 'retry-after': '120' }, 120_000],
  ['seconds with spaces', { 'retry-after': ' 120 ' }, 120_000],
  ['a fraction of seconds', { 'retry-after': '1.5' }, 1500],
  ['milliseconds', { 'x-ms-retry-after-ms': '2500' }, 2500],
  ['milliseconds before seconds', { 'x-ms-retry-after-ms': '2500', 'retry-after': '7' }, 2500],
  ['seconds where milliseconds are garbage', { 'x-ms-retry-after-ms': 'soon', 'retry-after': '7' }, 7000],
  ['a date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
  ['a date of RFC 850', { 'retry-after': 'Sunday, 22-Nov-26 12:00:30 GMT' }, 30_000],
  ['a date of asctime', { 'retry-after': 'Sun Nov 22 12:00:30 2026' }, 30_000],
  ['a date in the past: the shortest wait', { 'retry-after': 'Sat, 21 Nov 2026 12:00:00 GMT' }, 1000],
  ['a date next year: the longest wait', { 'retry-after': 'Mon, 22 Nov 2027 12:00:00 GMT' }, DAY],
  ['zero: the shortest wait', { 'retry-after': '0' }, 1000],
  ['more than a timer can hold: the longest wait', { 'retry-after': '99999999' }, DAY],
  ['more digits than a number can hold: the longest wait', { 'retry-after': '9'.repeat(400) }, DAY],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['a number that only a lenient date parser reads', { 'retry-after': '5 minutes' }, undefined],
  ['words', { 'retry-after': 'Sun, someday' }, undefined],
  ['nothing', { 'retry-after': '' }, undefined],
];

describe('Retry-After', () => {
  for (const [what, headers, expected] of cases) {
    it(`reads ${what}`, () => expect(retryAfterMillis(headers, NOW)).to.equal(expected));
  }

  it('is absent or within 1 second and 24 hours, whatever the headers say', () => {
    const value = fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String));
    fc.assert(
      fc.property(value, value, (seconds, millis) => {
        const wait = retryAfterMillis({ 'retry-after': seconds, 'x-ms-retry-after-ms': millis }, NOW);
        if (wait !== undefined) expect(wait).to.be.within(1000, DAY);
      }),
    );
  });
});
