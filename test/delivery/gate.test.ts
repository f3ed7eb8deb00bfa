import { expect } from 'chai';
import { Gate, type Closing, type Pass } from '../../src/delivery/gate.ts';
import type { GateStats } from '../../src/delivery/stats.ts';
import { FakeClock } from './fake-clock.ts';

const FAILURE: Closing = {
  reason: 'HTTP 503',
  cause: 'service',
  backoff: { shortestMillis: 1000, longestMillis: 300_000 },
};
const NO_PAUSE: Closing = { reason: '', cause: undefined, backoff: undefined };
const retryAfter = (millis: number): Closing => ({ ...FAILURE, reason: 'HTTP 429', retryAfterMillis: millis });

describe('Gate', () => {
  let clock: FakeClock;
  let random: number;
  let changes: GateStats['state'][];
  let gate: Gate;
  const enter = (): Pass => gate.enter() ?? expect.fail('the gate lets nothing out');

  beforeEach(() => {
    clock = new FakeClock();
    random = 1;
    changes = [];
    gate = new Gate({ clock, random: () => random, onChange: ({ state }) => changes.push(state) });
  });

  it('lets any number of requests out while it is open', () => {
    const passes = [enter(), enter(), enter()];
    for (const pass of passes) expect(pass).to.deep.equal({ isProbe: false, closings: 0 });
    gate.passed(passes[0]!, NO_PAUSE);
    expect([gate.stats(), changes, clock.pending]).to.deep.equal([{ state: 'open' }, [], 0]);
  });

  it('closes after a failure for a backoff, and says why', () => {
    gate.failed(enter(), FAILURE);
    expect(gate.enter()).to.equal(undefined);
    expect(gate.stats()).to.deep.equal({
      state: 'closed',
      reason: 'HTTP 503',
      cause: 'service',
      reopensInMillis: 2000,
    });
    clock.advance(1999);
    expect(gate.enter()).to.equal(undefined);
  });

  it('lets one request try when the backoff is over', () => {
    gate.failed(enter(), FAILURE);
    clock.advance(2000);
    expect(gate.stats()).to.deep.equal({ state: 'half-open', reason: 'HTTP 503', cause: 'service' });
    expect([gate.enter(), gate.enter()]).to.deep.equal([{ isProbe: true, closings: 1 }, undefined]);
  });

  it('lets another one try when there was nothing to try with', () => {
    gate.failed(enter(), FAILURE);
    clock.advance(2000);
    gate.unused(enter());
    expect(enter()).to.deep.equal({ isProbe: true, closings: 1 });
  });

  it('opens when the one that tried passes, and counts failures anew', () => {
    gate.failed(enter(), FAILURE);
    clock.advance(2000);
    gate.passed(enter(), NO_PAUSE);
    expect(gate.stats()).to.deep.equal({ state: 'open' });
    gate.failed(enter(), FAILURE);
    expect(gate.stats().reopensInMillis).to.equal(2000);
    expect(changes).to.deep.equal(['closed', 'half-open', 'open', 'closed']);
  });

  it('closes for longer the longer it fails, at most for half of that time and for five minutes', () => {
    const waits: (number | undefined)[] = [];
    for (let failure = 0; failure < 20; failure += 1) {
      gate.failed(enter(), FAILURE);
      waits.push(gate.stats().reopensInMillis);
      clock.advance(waits.at(-1) ?? 0);
    }
    expect(waits.slice(0, 6)).to.deep.equal([2000, 2000, 2000, 3000, 4500, 6750]);
    expect(waits.slice(-3)).to.deep.equal([300_000, 300_000, 300_000]);
  });

  it('has doubled its wait at most, whatever happened before', () => {
    random = 0;
    gate.failed(enter(), FAILURE);
    clock.advance(100_000);
    random = 1;
    gate.failed(enter(), FAILURE);
    expect(gate.stats().reopensInMillis).to.equal(4000);
  });

  it('counts requests that fail together as one failure', () => {
    const [one, other] = [enter(), enter()];
    gate.failed(one, FAILURE);
    clock.advance(500);
    gate.failed(other, FAILURE);
    expect(gate.stats().reopensInMillis).to.equal(1500);
  });

  it('stays closed when a request from before the failure passes', () => {
    const [one, other] = [enter(), enter()];
    gate.failed(one, FAILURE);
    gate.passed(other, NO_PAUSE);
    expect(gate.stats().state).to.equal('closed');
  });

  it('waits as long as the service asks, and up to a fifth longer', () => {
    random = 0;
    gate.failed(enter(), retryAfter(60_000));
    expect(gate.stats().reopensInMillis).to.equal(60_000);
    clock.advance(60_000);
    random = 1;
    gate.failed(enter(), retryAfter(60_000));
    expect(gate.stats().reopensInMillis).to.equal(72_000);
  });

  it('pauses when a success asks for it', () => {
    random = 0;
    gate.passed(enter(), { ...NO_PAUSE, retryAfterMillis: 5000 });
    expect(gate.stats()).to.deep.include({ state: 'closed', reopensInMillis: 5000 });
  });

  it('pauses shortly, without counting a failure, when a part has to go again', () => {
    for (let time = 0; time < 3; time += 1) {
      gate.passed(enter(), FAILURE);
      expect(gate.stats().reopensInMillis).to.equal(1000);
      clock.advance(1000);
    }
  });

  it('takes the later of two waits that the service asks for', () => {
    random = 0;
    const [one, two, three] = [enter(), enter(), enter()];
    gate.failed(one, retryAfter(60_000));
    gate.failed(two, retryAfter(90_000));
    gate.passed(three, { ...NO_PAUSE, retryAfterMillis: 10_000 });
    expect(gate.stats().reopensInMillis).to.equal(90_000);
    clock.advance(89_999);
    expect(gate.enter()).to.equal(undefined);
    clock.advance(1);
    expect(enter().isProbe).to.equal(true);
  });

  it('closes again when a late answer asks for a wait while one request tries', () => {
    random = 0;
    const [one, late] = [enter(), enter()];
    gate.failed(one, FAILURE);
    clock.advance(1000);
    const probe = enter();
    gate.failed(late, retryAfter(30_000));
    gate.passed(probe, NO_PAUSE);
    expect(gate.stats()).to.deep.include({ state: 'closed', reopensInMillis: 30_000 });
  });

  it('does not shorten a wait that the service asked for', () => {
    random = 0;
    const [one, other] = [enter(), enter()];
    gate.failed(one, retryAfter(60_000));
    gate.failed(other, FAILURE);
    expect(gate.stats().reopensInMillis).to.equal(60_000);
  });

  it('stays closed for good, without a timer, once it is shut', () => {
    const pass = enter();
    gate.failed(enter(), FAILURE);
    gate.shut();
    gate.failed(pass, retryAfter(60_000));
    expect([gate.enter(), clock.pending]).to.deep.equal([undefined, 0]);
  });
});
