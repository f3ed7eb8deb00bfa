import { expect } from 'chai';
import * as fc from 'fast-check';
import { backoffMillis } from '../../src/delivery/backoff.ts';

const BACKOFF = { shortestMillis: 1000, longestMillis: 300_000 };

const cases: [failures: number, random: number, expected: number][] = [
  [1, 0, 1000],
  [1, 0.5, 1500],
  [1, 1, 2000],
  [2, 1, 4000],
  [5, 1, 32_000],
  [9, 1, 300_000],
  [9, 0, 1000],
  [2000, 1, 300_000],
  [0, 0.7, 1000],
];

describe('backoffMillis', () => {
  for (const [failures, random, expected] of cases) {
    it(`waits ${expected} ms after ${failures} failures when ${random} is drawn`, () => {
      expect(backoffMillis(BACKOFF, failures, random)).to.equal(expected);
    });
  }

  it('stays within its bounds after any number of failures', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        expect(backoffMillis(BACKOFF, failures, random)).to.be.within(1000, 300_000);
      }),
    );
  });
});
