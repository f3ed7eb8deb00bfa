import { expect } from 'chai';
import { DrainPace } from '../../src/delivery/drain-pace.ts';
import { FakeClock } from './fake-clock.ts';

describe('DrainPace', () => {
  let clock: FakeClock;
  let pace: DrainPace;
  beforeEach(() => {
    clock = new FakeClock();
    pace = new DrainPace({ clock, firstAfterMillis: 0 });
  });

  /** Sends so many batches, each when it is due; gives how long to wait for the next. */
  const drain = (batches: number, result: 'taken' | 'refused' = 'taken', bytes = 0): number => {
    for (let batch = 0; batch < batches; batch += 1) {
      clock.advance(pace.waitMillis);
      pace.begin();
      pace.ended(bytes, result);
    }
    return pace.waitMillis;
  };

  it('begins when it is told to', () => {
    pace = new DrainPace({ clock, firstAfterMillis: 3000 });
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 3000]);
    clock.advance(3000);
    expect(pace.isDue).to.equal(true);
  });

  it('lets four batches a second go to begin with, one at a time', () => {
    pace.begin();
    expect(pace.isDue).to.equal(false);
    clock.advance(100);
    pace.ended(0, 'taken');
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 150]);
    clock.advance(150);
    expect(pace.isDue).to.equal(true);
  });

  it('goes faster by one a second with every five that the service takes, up to 32', () => {
    expect([drain(4), drain(1), drain(5), drain(5)]).to.deep.equal([250, 200, 167, 143]);
    expect(drain(1000)).to.equal(32);
  });

  it('goes half as fast with each that the service refuses, and never slower than four a second', () => {
    drain(60);
    expect([drain(1, 'refused'), drain(1, 'refused')]).to.deep.equal([125, 250]);
    expect(drain(5, 'refused')).to.equal(250);
  });

  it('lets no more than 1 MB a second go', () => {
    drain(1000);
    expect(drain(1, 'taken', 512 * 1024)).to.equal(500);
    expect(drain(1, 'taken', 3 * 1024 * 1024)).to.equal(3000);
  });

  it('does not count what was not there after all', () => {
    pace.begin();
    pace.ended(0, 'unsent');
    expect(pace.isDue).to.equal(true);
  });

  it('waits no longer when it is to hurry, still one at a time', () => {
    drain(1);
    pace.hurry();
    expect(pace.isDue).to.equal(true);
    pace.begin();
    expect(pace.isDue).to.equal(false);
  });
});
