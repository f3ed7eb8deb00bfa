import { expect } from 'chai';
import type { Clock } from '../../src/delivery/clock.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { MemoryFileSystem } from '../spool/memory-file-system.ts';
import { Bench, items } from './delivery-bench.ts';
import { settled, until } from './fake-clock.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FOLDER = '/home/me/spool';

describe('a delivery that is asked to wait', () => {
  let bench: Bench;
  let disk: MemoryFileSystem;
  beforeEach(() => {
    disk = new MemoryFileSystem(1000);
  });
  afterEach(() => bench.close());

  const open = (clock: Clock = bench.clock): Delivery =>
    bench.open({ storage: { directories: [FOLDER] } }, { clock, spool: { files: disk.seenBy(1000), uid: 1000 } });
  const batchesOnDisk = (): number => disk.files(FOLDER).filter(file => file.includes('.q')).length;

  /** What the service says, and from when to when the next request may come. */
  const waits: [header: string | undefined, leastMillis: number, mostMillis: number][] = [
    ['3600', HOUR, 1.2 * HOUR],
    ['99999999', DAY, 1.2 * DAY],
    ['Sun, 22 Nov 2026 12:30:00 GMT', 30 * MINUTE, 36 * MINUTE],
    ['Sun, 22 Nov 2026 11:00:00 GMT', SECOND, 2 * SECOND],
    ['-5', SECOND, 2 * SECOND],
    ['0', SECOND, 2 * SECOND],
    ['soon', SECOND, 2 * SECOND],
    ['1e9', SECOND, 2 * SECOND],
    [undefined, SECOND, 2 * SECOND],
  ];
  for (const [header, leastMillis, mostMillis] of waits) {
    it(`has the batch on disk at once and asks no sooner after Retry-After: ${header}`, async () => {
      const headers = header === undefined ? {} : { 'retry-after': header };
      bench = await Bench.start([{ status: 429, headers }]);
      const delivery = open();
      expect(await delivery.send(items(0, 3), 'traces')).to.deep.equal({ kind: 'held' });
      expect([batchesOnDisk(), delivery.stats().memoryItems, bench.requests.length]).to.deep.equal([1, 0, 1]);
      bench.clock.advance(leastMillis - 1);
      await settled();
      expect(bench.requests).to.have.length(1);
      bench.clock.advance(mostMillis - leastMillis + 1);
      // The disk is looked after by then, and the first batch from it may go within five seconds of the start.
      bench.clock.advance(5 * SECOND);
      await until(() => delivery.stats().accepted === 3);
      expect(bench.requests).to.have.length(2);
    });

    it(`asks at most once a second in two minutes of Retry-After: ${header}`, async () => {
      const headers = header === undefined ? {} : { 'retry-after': header };
      bench = await Bench.start([], () => ({ status: 429, headers }));
      const delivery = open();
      await delivery.send(items(0, 3), 'traces');
      for (let second = 0; second < 120; second += 1) {
        const asked = bench.requests.length;
        bench.clock.advance(SECOND);
        await settled();
        expect(bench.requests.length - asked).to.be.at.most(1);
      }
      expect(delivery.stats()).to.deep.include({ diskItems: 3, dropped: {} });
    });
  }

  for (const [what, stepMillis] of [
    ['an hour back', -HOUR],
    ['three days forward', 3 * DAY],
    ['a day back', -DAY],
  ] as const) {
    it(`waits as long as ever when the clock is set ${what}`, async () => {
      let offsetMillis = 0;
      bench = await Bench.start([{ status: 429, headers: { 'retry-after': '60' } }]);
      const delivery = open({
        monotonicMillis: () => bench.clock.monotonicMillis(),
        wallMillis: () => bench.clock.wallMillis() + offsetMillis,
        schedule: (millis, callback) => bench.clock.schedule(millis, callback),
      });
      await delivery.send(items(0, 3), 'traces');
      offsetMillis = stepMillis;
      bench.clock.advance(MINUTE - 1);
      await settled();
      expect(bench.requests).to.have.length(1);
      bench.clock.advance(1);
      await until(() => delivery.stats().accepted === 3);
      expect(delivery.stats()).to.deep.include({ diskItems: 0, dropped: {} });
    });
  }

  it('asks at once when the machine has slept past the wait', async () => {
    bench = await Bench.start([{ status: 429, headers: { 'retry-after': '3600' } }]);
    const delivery = open();
    await delivery.send(items(0, 3), 'traces');
    bench.clock.advance(8 * HOUR);
    await until(() => delivery.stats().accepted === 3);
  });
});
