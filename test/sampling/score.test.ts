import { expect } from 'chai';
import { isKept, samplingHash, samplingScore } from '../../src/sampling/score.ts';

describe('samplingHash', () => {
  // Published in the tests of the classic SDKs for .NET, Node.js and Java.
  const published: [string, number][] = [
    ['ss', 1_179_811_869],
    ['wr', 1_281_077_591],
    ['hq', 1_807_146_729],
    ['px', 70_671_963],
    ['y', 1_406_544_563],
    ['lkfc', 1_228_617_029],
    ['kxi', 34_202_699],
    ['jekvjvh', 9_189_387],
    ['aentke', 255_756_533],
    ['rpiauyg', 251_412_007],
    ['skrnpybqqu', 223_230_949],
    ['iaxxtklcw', 1_941_943_012],
    ['lbwehevltlnl', 1_466_602_040],
    ['hjwvqjiiwhoxrtsjma', 1_824_011_880],
    ['urmwofajwmmlornynglm', 701_710_403],
    ['wauetkdnivwlafbfhiedsfx', 2_114_415_420],
    ['ynehgfhyuiltaiqovbpyhpm', 2_139_623_659],
  ];
  for (const [text, hash] of published) {
    it(`makes ${hash} of ${text}`, () => {
      expect(samplingHash(text)).to.equal(hash);
    });
  }

  it('ends for an empty text too', () => {
    expect(samplingHash('')).to.equal(5381);
  });
});

describe('samplingScore', () => {
  const scores: [string, number][] = [
    ['8fffffffffffffff0000000000000000', 86.556793],
    ['0f1f2f3f4f5f6f7f8f9fafbfcfdfefff', 73.809454],
    ['4bf92f3577b34da6a3ce929d0e0e4736', 33.461354],
    ['0af7651916cd43dd8448eb211c80319c', 52.788928],
    ['5b8aa5a2d2c872e8321cf37308d69df2', 7.277266],
    ['463ac35c9f6413ad48485a3953bb6124', 65.901666],
    ['d4cda95b652f4a1592b449d5929fda1b', 45.516795],
    ['00000000000000000000000000000001', 2.339351],
    ['ffffffffffffffffffffffffffffffff', 99.961355],
    ['8FFFFFFFFFFFFFFF0000000000000000', 51.024865],
  ];
  for (const [traceId, score] of scores) {
    it(`puts ${traceId} at ${score}`, () => {
      expect(samplingScore(traceId)).to.be.closeTo(score, 0.000_000_5);
    });
  }
});

describe('isKept', () => {
  it('keeps what scores below the percentage', () => {
    const score = samplingScore('5b8aa5a2d2c872e8321cf37308d69df2');
    expect(isKept('5b8aa5a2d2c872e8321cf37308d69df2', score)).to.equal(false);
    expect(isKept('5b8aa5a2d2c872e8321cf37308d69df2', score + 1e-9)).to.equal(true);
  });

  it('keeps all at 100 and none at 0', () => {
    expect(isKept('ffffffffffffffffffffffffffffffff', 100)).to.equal(true);
    expect(isKept('00000000000000000000000000000001', 0)).to.equal(false);
  });
});
