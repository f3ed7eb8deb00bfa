import { expect } from 'chai';
import { DrainPace } from '../../src/delivery/drain-pace.ts';
import { FakeClock } from './fake-clock.ts';

const SMALL_BYTES = 1000;

describe('DrainPace', () => {
  let clock: FakeClock;
  let pace: DrainPace;
  beforeEach(() => {
    clock = new FakeClock();
    pace = new DrainPace({ clock, firstAfterMillis: 3000 });
  });

  function drain(result: 'taken' | 'refused' | 'unsent', bytes = SMALL_BYTES): number {
    clock.advance(pace.waitMillis);
    pace.begin();
    pace.ended(bytes, result);
    return pace.waitMillis;
  }

  function drainAll(batches: number): void {
    for (let batch = 0; batch < batches; batch += 1) drain('taken');
  }

  it('begins when it is told to', () => {
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 3000]);
    clock.advance(3000);
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([true, 0]);
  });

  it('takes one batch at a time', () => {
    clock.advance(3000);
    pace.begin();
    clock.advance(60_000);
    expect(pace.isDue).to.equal(false);
  });

  it('takes four batches a second to begin with, and one more with every five that are taken', () => {
    expect(drain('taken')).to.equal(250);
    drainAll(3);
    expect(drain('taken')).to.equal(200);
    drainAll(4);
    expect(drain('taken')).to.equal(167);
  });

  it('takes 32 batches a second at most', () => {
    drainAll(1000);
    expect(drain('taken')).to.equal(32);
  });

  it('takes a megabyte a second at most', () => {
    drainAll(1000);
    expect(drain('taken', 512 * 1024)).to.equal(500);
  });

  it('goes half as fast after a refusal, and no slower than it began', () => {
    drainAll(40);
    expect(drain('taken')).to.equal(84);
    expect(drain('refused')).to.equal(167);
    expect([drain('refused'), drain('refused')]).to.deep.equal([250, 250]);
  });

  it('does not wait after what never got to the service', () => {
    expect(drain('unsent')).to.equal(0);
  });

  it('does not wait any more when it hurries', () => {
    pace.hurry();
    expect([pace.isDue, drain('taken')]).to.deep.equal([true, 0]);
  });
});
