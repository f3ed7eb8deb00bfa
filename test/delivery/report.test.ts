import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Cause } from '../../src/delivery/cause.ts';
import type { GateStats } from '../../src/delivery/stats.ts';
import { Report } from '../../src/delivery/report.ts';
import { Ledger } from '../../src/delivery/ledger.ts';
import { MemoryFileSystem } from '../spool/memory-file-system.ts';
import { Bench, items } from './delivery-bench.ts';
import { linesOf } from './diag-lines.ts';
import { FakeClock, settled, until } from './fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOST = 'westeurope-1.in.applicationinsights.azure.com';

const closed = (reason: string, cause: Cause, reopensInMillis: number): GateStats => ({
  state: 'closed',
  reason,
  cause,
  reopensInMillis,
});

describe('Report', () => {
  let clock: FakeClock;
  let gate: GateStats;
  let scope: string | undefined;

  beforeEach(() => {
    clock = new FakeClock();
    gate = { state: 'open' };
    scope = undefined;
  });

  const report = (): Report => {
    const nothing = new Ledger(() => undefined).counts();
    const held = {
      memoryItems: 512,
      diskItems: 0,
      oldestMillis: 90_000,
      memoryBytes: 1,
      diskBytes: 0,
      diskFailure: undefined,
    };
    return new Report({
      clock,
      host: HOST,
      scope,
      stats: () => ({ ...nothing, ...held, adopted: 0, yielded: 0, gate, lastError: undefined }),
    });
  };
  const turn = (to: Report, stats: GateStats): void => {
    gate = stats;
    to.note({ kind: 'gate', gate });
  };

  it('says a line when the gate closes, and one when it opens', async () => {
    const lines = await linesOf(async () => {
      const said = report();
      turn(said, closed('HTTP 503', 'service', 1500));
      turn(said, { state: 'half-open', reason: 'HTTP 503', cause: 'service' });
      turn(said, { state: 'open' });
      await settled();
    });
    expect(lines).to.deep.equal([
      `warn azure-monitor/delivery ${HOST}: HTTP 503. 512 items waiting, next attempt in 2 s.`,
      `info azure-monitor/delivery ${HOST} takes telemetry again; 512 items waiting.`,
    ]);
  });

  const advice: [cause: Cause, tokens: string | undefined, line: RegExp][] = [
    ['network', undefined, /attempt in 60 s\.$/],
    ['name_resolution', undefined, /attempt in 60 s\.$/],
    ['service', undefined, /attempt in 60 s\.$/],
    ['tls', undefined, /The certificate of westeurope-1\S+ is not trusted here: check the system's clock/],
    ['quota', undefined, /The daily cap of the resource is reached: raise it, or send less/],
    ['credential', 'scope/.default', /Check that the credential can get a token for scope\/\.default\.$/],
    [
      'unauthorized',
      'scope/.default',
      /"Monitoring Metrics Publisher" on the resource\. The token was for scope\/\.default\.$/,
    ],
    ['unauthorized', undefined, /the resource allows no local authentication\. Pass a credential\.$/],
    ['invalid_key', undefined, /copy the connection string again from the resource's Overview page\.$/],
    ['not_found', undefined, /Nothing takes telemetry at westeurope-1\S+: copy the connection string again/],
    ['misdirected', undefined, /westeurope-1\S+ redirects elsewhere: check the connection string/],
    [
      'captive_portal',
      undefined,
      /Something on the way answers in place of westeurope-1\S+: a proxy, or the login page/,
    ],
  ];
  for (const [cause, tokens, line] of advice) {
    it(`says what to do about ${cause}${tokens === undefined ? '' : ' with a credential'}`, async () => {
      const lines = await linesOf(async () => {
        scope = tokens;
        turn(report(), closed('reason', cause, MINUTE));
        await settled();
      });
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(line);
    });
  }

  it('says the first loss of each kind at once, and the others every five minutes', async () => {
    const lines = await linesOf(async () => {
      const said = report();
      for (const count of [3, 4, 5])
        said.note({ kind: 'rejected', count, status: '400', message: 'HTTP 400 bad time' });
      for (const count of [1, 2]) said.note({ kind: 'dropped', count, reason: 'memory' });
      clock.advance(5 * MINUTE);
      clock.advance(HOUR);
      await settled();
    });
    expect(lines).to.deep.equal([
      `warn azure-monitor/delivery ${HOST}: 3 items refused with 400 (HTTP 400 bad time).`,
      `warn azure-monitor/delivery ${HOST}: 1 item dropped: memory.`,
      `warn azure-monitor/delivery ${HOST}: 9 items refused with 400; 2 items dropped: memory; 512 items waiting, the oldest for 90 s.`,
    ]);
  });

  it('says what it has not said when it closes', async () => {
    const lines = await linesOf(async () => {
      const said = report();
      said.note({ kind: 'dropped', count: 1, reason: 'shutdown' });
      said.note({ kind: 'dropped', count: 2, reason: 'shutdown' });
      said.close();
      await settled();
    });
    expect(lines.at(-1)).to.equal(
      `warn azure-monitor/delivery ${HOST}: 2 items dropped: shutdown; 512 items waiting, the oldest for 90 s.`,
    );
    expect(clock.pending).to.equal(0);
  });

  it('says at most 20 lines an hour when everything goes wrong in turn', async () => {
    const causes: Cause[] = ['service', 'network', 'tls', 'quota', 'misdirected', 'not_found'];
    const lines = await linesOf(async () => {
      const said = report();
      for (let second = 0; second < 3600; second += 1) {
        turn(said, second % 2 === 0 ? closed('x', causes[(second / 2) % 6] ?? 'service', 500) : { state: 'open' });
        said.note({ kind: 'rejected', count: 1, status: `${400 + (second % 50)}`, message: '' });
        said.note({ kind: 'odd_answer', message: `answer ${second}` });
        clock.advance(1000);
      }
      await settled();
    });
    expect(lines.length).to.be.within(10, 20);
  });

  it('says nothing while all is well', async () => {
    const lines = await linesOf(async () => {
      const bench = await Bench.start();
      const delivery = bench.open();
      await delivery.send(items(0, 10), 'traces');
      bench.clock.advance(HOUR);
      await delivery.flush();
      await bench.close();
    });
    expect(lines).to.deep.equal([]);
  });

  for (const [where, storage] of [
    ['in memory', undefined],
    ['on a disk that is too small', { directories: ['/home/me/spool'], maxBytes: 20_000 }],
  ] as const) {
    it(`says at most 20 lines about an hour of outage with 20 batches a minute ${where}, none with a secret`, async () => {
      const lines = await linesOf(async () => {
        const bench = await Bench.start([], () => ({ status: 503, body: 'token=hunter2' }));
        const files = new MemoryFileSystem(1000).seenBy(1000);
        const delivery = bench.open({ memoryMaxBytes: 20_000, storage }, { spool: { files, uid: 1000 } });
        for (let second = 0; second < 3600; second += 3) {
          const sending = delivery.send(items(second, second + 1, randomBytes(500).toString('hex')), 'traces');
          if (delivery.stats().gate.state !== 'closed') await until(() => delivery.stats().gate.state === 'closed');
          bench.clock.advance(3000);
          await sending;
        }
        await bench.close();
      });
      expect(lines.length).to.be.within(10, 20);
      expect(lines[0]).to.match(
        /^warn azure-monitor\/delivery 127\.0\.0\.1:\d+: HTTP 503\. 1 item waiting, next attempt in 1 s\.$/,
      );
      expect(lines.join('\n')).not.to.match(/hunter2|1a2b3c4d/);
      expect(lines.join('\n')).to.match(/items? dropped: (memory|evicted)/);
    });
  }
});
