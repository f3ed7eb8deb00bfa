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
    const round = pace.begin();
    if (result === 'unsent') {
      round.foundNothing();
    } else {
      round.took(bytes);
      round.ended(result === 'taken');
    }
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

  it('takes one batch at a time, until the service has answered quickly', () => {
    clock.advance(3000);
    const first = pace.begin();
    first.took(SMALL_BYTES);
    clock.advance(200);
    first.ended(true);
    clock.advance(50);
    pace.begin().took(SMALL_BYTES);
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 250]);
    clock.advance(250);
    expect(pace.isDue).to.equal(true);
    pace.begin().took(SMALL_BYTES);
    clock.advance(60_000);
    expect(pace.isDue).to.equal(false);
  });

  for (const [what, millis, isTaken] of [
    ['slowly', 201, true],
    ['with a refusal', 0, false],
  ] as const) {
    it(`takes one batch at a time again when the service has answered ${what}`, () => {
      drain('taken');
      clock.advance(1000);
      const round = pace.begin();
      round.took(SMALL_BYTES);
      clock.advance(millis);
      round.ended(isTaken);
      clock.advance(1000);
      pace.begin().took(SMALL_BYTES);
      clock.advance(1000);
      expect(pace.isDue).to.equal(false);
    });
  }

  it('takes no batch while it is being found out whether there is one', () => {
    drain('taken');
    clock.advance(1000);
    const round = pace.begin();
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 0]);
    round.took(SMALL_BYTES);
    expect([pace.isDue, pace.waitMillis]).to.deep.equal([false, 250]);
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
