import { expect } from 'chai';
import fc from 'fast-check';
import { parseTimeSpan } from '../src/timespan.ts';

describe('parseTimeSpan', () => {
  const spans: [string, number][] = [
    ['00:00:00', 0],
    ['00:00:01', 1000],
    ['0.00:00:00.250', 250],
    ['00:00:00.0000001', 0.0001],
    ['1.02:03:04.5', 93_784_500],
    ['999.23:59:59.9999999', 86_399_999_999.9999],
    ['1000.00:00:00', 86_400_000_000],
    ['-00:00:02', -2000],
  ];
  for (const [text, millis] of spans) {
    it(`reads ${text}`, () => expect(parseTimeSpan(text)).to.equal(millis));
  }

  const others = [
    '',
    '5',
    '00:00',
    '00:00:60.000',
    '24:00:00',
    '00:60:00',
    '00:00:00.',
    '00:00:00.12345678',
    'PT1S',
    '00:00:0x',
  ];
  for (const text of others) {
    it(`reads no TimeSpan in ${JSON.stringify(text)}`, () => expect(parseTimeSpan(text)).to.equal(undefined));
  }

  it('reads any text without failing', () => {
    fc.assert(fc.property(fc.string(), text => ['number', 'undefined'].includes(typeof parseTimeSpan(text))));
  });
});
