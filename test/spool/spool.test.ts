import { expect } from 'chai';
import type { Counts } from '../../src/spool/counts.ts';
import type { SpoolLoss } from '../../src/spool/stock.ts';
import { Spool, type SpoolParts } from '../../src/spool/spool.ts';
import type { SpoolLease } from '../../src/spool/taker.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem, systemError, type Call } from './memory-file-system.ts';
import { batchOf } from './test-batch.ts';

const FOLDER = '/home/me/spool/1e0e462b00d82917d6aa07a03d371189';
const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

describe('Spool', () => {
  let disk: MemoryFileSystem;
  let clock: ManualClock;
  let losses: [Counts, SpoolLoss][];
  let health: (string | undefined)[];
  let refuse: (call: Call) => string | undefined;

  beforeEach(() => {
    disk = new MemoryFileSystem();
    clock = new ManualClock();
    losses = [];
    health = [];
    refuse = () => undefined;
  });

  const make = (id: string, parts: Partial<SpoolParts> = {}): Spool =>
    new Spool({
      clock,
      directories: ['/home/me/spool'],
      destination: ['https://endpoint', 'key'],
      onLoss: (counts, loss) => losses.push([counts, loss]),
      onHealth: reason => health.push(reason),
      uid: 1000,
      id,
      files: disk.seenBy(1000, call => {
        const code = refuse(call);
        if (code !== undefined) throw systemError(code);
      }),
      ...parts,
    });
  const started = async (id: string, parts: Partial<SpoolParts> = {}): Promise<Spool> => {
    const spool = make(id, parts);
    await spool.start();
    return spool;
  };
  const files = (): string[] => disk.files('/home/me/spool').filter(file => disk.node(file).kind === 'file');
  const names = (): string[] => files().map(file => file.slice(FOLDER.length + 1));

  it('touches nothing until there is something to keep', async () => {
    const calls: string[] = [];
    refuse = ({ name }) => void calls.push(name);
    const spool = await started('aaaaaaaaaaaa');
    expect(await spool.take()).to.equal(undefined);
    expect([...new Set(calls)]).to.deep.equal(['facts']);
    expect(disk.has('/home/me/spool')).to.equal(false);
  });

  it('keeps a batch as one file for its owner alone, and says so', async () => {
    const spool = await started('aaaaaaaaaaaa');
    expect(await spool.put(batchOf(3), 500)).to.deep.equal({ kind: 'kept' });
    const [file = ''] = files();
    expect(names()).to.deep.equal(['1763829999500-aaaaaaaaaaaa-1.3t.103.q']);
    expect(disk.node(file)).to.include({ kind: 'file', mode: 0o600 });
    expect(disk.node(FOLDER)).to.include({ kind: 'folder', mode: 0o700 });
    expect(spool.stats()).to.deep.equal({
      diskItems: 3,
      diskBytes: 103,
      adopted: 0,
      yielded: 0,
      oldestMillis: 500,
      failure: undefined,
    });
  });

  it('lends a batch out under a name that says who has it and for how long, and removes it when done', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3));
    await clock.advance(2 * SECOND);
    const lease = await spool.take();
    expect(lease?.batch).to.deep.equal(batchOf(3));
    expect(lease?.ageMillis).to.equal(2000);
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.3t.103.q.Laaaaaaaaaaaa.1763830062000']);
    expect(await spool.take()).to.equal(undefined);
    expect(spool.hasWaiting()).to.equal(false);
    expect(spool.stats().diskItems).to.equal(3);
    await lease?.done();
    expect(names()).to.deep.equal([]);
    expect(spool.stats()).to.deep.include({ diskItems: 0, diskBytes: 0, oldestMillis: 0 });
  });

  it('lends the oldest first, or the smallest where that is asked for', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1, 30));
    await spool.put(batchOf(2, 10));
    await spool.put(batchOf(3, 20));
    expect((await spool.take())?.batch.lengths).to.have.length(1);
    expect((await spool.take('smallest'))?.batch.lengths).to.have.length(2);
    expect((await spool.take())?.batch.lengths).to.have.length(3);
  });

  it('lets a released batch wait again, with its age', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3));
    await (await spool.take())?.release();
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.3t.103.q']);
    await clock.advance(10 * MINUTE);
    expect((await spool.take())?.ageMillis).to.equal(10 * MINUTE);
  });

  it('ends a lease once, whatever is asked for afterwards', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3));
    const lease = await spool.take();
    await lease?.done();
    await lease?.release();
    await lease?.done();
    expect(names()).to.deep.equal([]);
    expect(spool.stats()).to.deep.include({ diskItems: 0, yielded: 0 });
  });

  it('finds what an earlier process left', async () => {
    await (await started('aaaaaaaaaaaa')).put(batchOf(3));
    await clock.advance(HOUR);
    const spool = await started('bbbbbbbbbbbb');
    expect(spool.stats()).to.deep.include({ diskItems: 3, adopted: 3, oldestMillis: HOUR });
    expect((await spool.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('shares a folder: each finds what the other put there, and one of them gets it', async () => {
    const one = await started('aaaaaaaaaaaa');
    const other = await started('bbbbbbbbbbbb');
    await one.put(batchOf(3));
    await clock.advance(MINUTE);
    expect(other.stats()).to.deep.include({ diskItems: 3, adopted: 3 });
    const [first, second] = await Promise.all([one.take(), other.take()]);
    expect([first, second].filter(lease => lease !== undefined)).to.have.length(1);
    const loser = first === undefined ? one : other;
    expect(loser.stats()).to.deep.include({ diskItems: 0, yielded: 3 });
  });

  it('leaves a leased file alone while its holder renews the lease', async () => {
    const one = await started('aaaaaaaaaaaa');
    await one.put(batchOf(3));
    const lease = await one.take();
    const other = await started('bbbbbbbbbbbb');
    await clock.advance(10 * MINUTE);
    expect(other.stats()).to.deep.include({ diskItems: 0, adopted: 0 });
    await lease?.done();
    expect(names()).to.deep.equal([]);
  });

  it('takes over what a dead process held, within two minutes', async () => {
    const one = make('aaaaaaaaaaaa');
    await one.put(batchOf(3));
    await one.take();
    const other = await started('bbbbbbbbbbbb');
    await clock.advance(2 * MINUTE);
    expect((await other.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('takes over at once what a process held that died long ago', async () => {
    const one = make('aaaaaaaaaaaa');
    await one.put(batchOf(3));
    await one.take();
    await clock.advance(HOUR);
    const other = await started('bbbbbbbbbbbb');
    expect((await other.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('takes over what a dead process held after the clock was set back', async () => {
    const one = make('aaaaaaaaaaaa');
    await one.put(batchOf(3));
    await one.take();
    clock.step(-24 * HOUR);
    const other = await started('bbbbbbbbbbbb');
    await clock.advance(2 * MINUTE);
    expect((await other.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('notices that another process took it for dead', async () => {
    const one = make('aaaaaaaaaaaa');
    await one.put(batchOf(3));
    await one.put(batchOf(4));
    const done = await one.take();
    const released = await one.take();
    const other = await started('bbbbbbbbbbbb');
    await clock.advance(2 * MINUTE);
    expect(other.stats().adopted).to.equal(7);
    await done?.done();
    await released?.release();
    expect(one.stats()).to.deep.include({ diskItems: 0, yielded: 4 });
    expect(other.stats().diskItems).to.equal(7);
  });

  it('completes a file that was fully written, and removes one that was not', async () => {
    const stopped = make('aaaaaaaaaaaa');
    refuse = ({ name }) => (['rename', 'remove'].includes(name) ? 'EIO' : undefined);
    await stopped.put(batchOf(3));
    refuse = () => undefined;
    const [name = ''] = names();
    disk.add(`${FOLDER}/${name.replace('-1.3t.', '-2.4t.')}`, { content: Buffer.from('azmb1 ') });
    const spool = await started('bbbbbbbbbbbb');
    await clock.advance(2 * MINUTE);
    expect(spool.stats()).to.deep.include({ diskItems: 3, adopted: 3 });
    expect(names()).to.have.length(1);
    expect((await spool.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('evicts the oldest when there is no more room, and never what is being sent', async () => {
    const spool = await started('aaaaaaaaaaaa', { maxBytes: 350 });
    await spool.put(batchOf(1));
    await spool.put(batchOf(2));
    const lease = await spool.take();
    await spool.put(batchOf(3));
    await spool.put(batchOf(4));
    expect(losses).to.deep.equal([[{ t: 2 }, 'evicted']]);
    expect(spool.stats().diskItems).to.equal(8);
    await lease?.release();
    await spool.put(batchOf(5));
    expect(losses).to.deep.equal([
      [{ t: 2 }, 'evicted'],
      [{ t: 1 }, 'evicted'],
    ]);
  });

  it('refuses a batch when all room is taken by what is being sent, and one that never fits', async () => {
    const spool = await started('aaaaaaaaaaaa', { maxBytes: 150 });
    await spool.put(batchOf(1));
    await spool.take();
    expect(await spool.put(batchOf(2))).to.deep.equal({
      kind: 'refused',
      reason: 'full of batches that are being sent',
    });
    expect(await spool.put(batchOf(3, 100))).to.deep.equal({
      kind: 'refused',
      reason: 'a batch larger than a file may be',
    });
    expect(health).to.deep.equal([]);
  });

  it('evicts nothing for a batch that would not fit even so', async () => {
    const spool = await started('aaaaaaaaaaaa', { maxBytes: 350 });
    await spool.put(batchOf(1));
    await spool.take();
    await spool.put(batchOf(2));
    const { kind } = await spool.put(batchOf(3, 200));
    expect([kind, losses, spool.stats().diskItems]).to.deep.equal(['refused', [], 3]);
  });

  it('keeps to its room when several batches are put at once', async () => {
    const spool = await started('aaaaaaaaaaaa', { maxBytes: 350 });
    await Promise.all([1, 2, 3, 4, 5, 6].map(number => spool.put(batchOf(number))));
    expect(spool.stats().diskBytes).to.be.at.most(350);
    expect(spool.stats().diskItems + losses.reduce((sum, [{ t = 0 }]) => sum + t, 0)).to.equal(21);
  });

  it('throws away what is older than 48 hours, less the time to send it', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3), HOUR);
    await spool.put(batchOf(4));
    await clock.advance(47 * HOUR - 6 * MINUTE);
    expect(losses).to.deep.equal([]);
    await clock.advance(2 * MINUTE);
    expect(losses).to.deep.equal([[{ t: 3 }, 'expired']]);
    await clock.advance(HOUR);
    expect(names()).to.deep.equal([]);
  });

  for (const [what, millis] of [
    ['forward by three days', 72 * HOUR],
    ['back by a day', -24 * HOUR],
  ] as const) {
    it(`goes by true age when the clock is set ${what}`, async () => {
      const spool = await started('aaaaaaaaaaaa');
      await spool.put(batchOf(3));
      clock.step(millis);
      await spool.put(batchOf(4));
      await clock.advance(47 * HOUR);
      expect(losses).to.deep.equal([]);
      await clock.advance(HOUR);
      expect(losses).to.have.deep.members([
        [{ t: 3 }, 'expired'],
        [{ t: 4 }, 'expired'],
      ]);
    });
  }

  it('degrades with one notice when the disk is full, tries again after a minute, and recovers with one', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1));
    let writes = 0;
    refuse = ({ name }) => (name === 'write' && (writes += 1) > 0 ? 'ENOSPC' : undefined);
    for (let second = 0; second < 120; second += 1) {
      expect((await spool.put(batchOf(2))).kind).to.equal('refused');
      await clock.advance(SECOND);
    }
    expect(writes).to.equal(2);
    expect(names()).to.have.length(1);
    expect(spool.stats().failure).to.match(/: ENOSPC$/);
    refuse = () => undefined;
    await clock.advance(MINUTE);
    expect(await spool.put(batchOf(2))).to.deep.equal({ kind: 'kept' });
    expect(health).to.deep.equal([`${FOLDER}: ENOSPC`, undefined]);
    expect(spool.stats().failure).to.equal(undefined);
  });

  it('still lends out what is there while the disk is full', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1));
    refuse = ({ name }) => (name === 'write' ? 'ENOSPC' : undefined);
    await spool.put(batchOf(2));
    await (await spool.take())?.done();
    expect(names()).to.deep.equal([]);
  });

  it('lends out nothing while a file cannot be held, and does not ask again and again', async () => {
    const spool = await started('aaaaaaaaaaaa');
    for (const number of [1, 2, 3]) await spool.put(batchOf(number));
    let renames = 0;
    refuse = ({ name }) => (name === 'rename' && (renames += 1) > 0 ? 'EROFS' : undefined);
    for (let count = 0; count < 10; count += 1) expect(await spool.take()).to.equal(undefined);
    expect(renames).to.equal(1);
    refuse = () => undefined;
    await clock.advance(MINUTE);
    expect((await spool.take())?.batch.lengths).to.have.length(1);
  });

  it('removes a delivered file later when the disk refuses at first, and never lends it out again', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3));
    const lease = await spool.take();
    refuse = ({ name }) => (name === 'remove' ? 'EIO' : undefined);
    await lease?.done();
    expect(spool.stats().diskItems).to.equal(0);
    await clock.advance(10 * MINUTE);
    expect(await spool.take()).to.equal(undefined);
    expect(names()).to.have.length(1);
    refuse = () => undefined;
    await clock.advance(MINUTE);
    expect(names()).to.deep.equal([]);
  });

  it('leaves a file for a while that cannot be read just now, and takes the next at once', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1));
    await spool.put(batchOf(2));
    refuse = ({ name, path }) => (name === 'read' && path.includes('-1.1t.') ? 'EIO' : undefined);
    expect((await spool.take())?.batch.lengths).to.have.length(2);
    expect(await spool.take()).to.equal(undefined);
    refuse = () => undefined;
    await clock.advance(MINUTE);
    expect((await spool.take())?.batch.lengths).to.have.length(1);
    expect(losses).to.deep.equal([]);
  });

  it('makes the folder again when somebody removes it', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1));
    for (const file of files()) disk.delete(file);
    disk.delete(FOLDER);
    expect(await spool.put(batchOf(2))).to.deep.equal({ kind: 'kept' });
    expect((await spool.take())?.batch.lengths).to.have.length(2);
    expect(spool.stats()).to.deep.include({ diskItems: 2, yielded: 1 });
    expect(health).to.deep.equal([]);
  });

  it('releases everything and stops its timers when it closes', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(1));
    await spool.take();
    await spool.close();
    expect(clock.timers).to.equal(0);
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.1t.99.q']);
  });

  it('syncs the file and the name of a batch before it counts as kept, when asked to', async () => {
    const order: string[] = [];
    refuse = ({ name }) => void order.push(name);
    const spool = make('aaaaaaaaaaaa', { isSynced: true });
    await spool.put(batchOf(1));
    expect(order.slice(-6)).to.deep.equal(['create', 'write', 'sync', 'close', 'rename', 'syncFolder']);
  });

  it('puts a batch on disk that is on its way already, so that nobody else takes it', async () => {
    const spool = await started('aaaaaaaaaaaa');
    let lease: SpoolLease | undefined;
    const put = await spool.putHeld(batchOf(3), 0, held => {
      lease = held;
      expect(spool.stats().diskItems).to.equal(3);
    });
    expect(put).to.deep.equal({ kind: 'kept' });
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.3t.103.q.Laaaaaaaaaaaa.1763830060000']);
    expect(spool.hasWaiting()).to.equal(false);
    await clock.advance(10 * MINUTE);
    const other = await started('bbbbbbbbbbbb');
    expect(other.stats().adopted).to.equal(0);
    await lease?.release();
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.3t.103.q']);
    expect((await spool.take())?.batch).to.deep.equal(batchOf(3));
  });

  it('removes a batch again that was delivered while it was being written', async () => {
    const spool = await started('aaaaaaaaaaaa');
    let done: Promise<void> | undefined;
    await spool.putHeld(batchOf(3), 0, lease => {
      done = lease.done();
      expect(spool.stats()).to.deep.include({ diskItems: 0, diskBytes: 0 });
    });
    await done;
    expect(names()).to.deep.equal([]);
  });

  it('counts a batch no longer when it is done, and removes its file when the caller is ready', async () => {
    const spool = await started('aaaaaaaaaaaa');
    await spool.put(batchOf(3));
    const lease = await spool.take();
    let makeSafe = (): void => undefined;
    const safe = new Promise<void>(resolve => {
      makeSafe = resolve;
    });
    const done = lease?.done(safe);
    expect(spool.stats().diskItems).to.equal(0);
    await clock.advance(10 * MINUTE);
    expect(names()).to.deep.equal(['1763830000000-aaaaaaaaaaaa-1.3t.103.q.Laaaaaaaaaaaa.1763830660000']);
    makeSafe();
    await done;
    expect(names()).to.deep.equal([]);
  });

  it('tells after each look into the folder that there is something to take', async () => {
    let told = 0;
    const spool = await started('aaaaaaaaaaaa', { onWaiting: () => (told += 1) });
    await clock.advance(10 * MINUTE);
    expect(told).to.equal(0);
    await spool.put(batchOf(3));
    await clock.advance(2 * MINUTE);
    expect(told).to.equal(2);
  });

  it('keeps to destinations: another key is another folder', async () => {
    await (await started('aaaaaaaaaaaa')).put(batchOf(3));
    const other = await started('bbbbbbbbbbbb', { destination: ['https://endpoint', 'other key'] });
    expect(await other.take()).to.equal(undefined);
    await other.put(batchOf(4));
    const [, moved = ''] = [...files()].sort((one, two) => Number(one.includes('.4t.')) - Number(two.includes('.4t.')));
    disk.move(moved, `${FOLDER}/${moved.split('/').at(-1)}`);
    const third = await started('cccccccccccc');
    expect((await third.take())?.batch.lengths).to.have.length(3);
    expect(await third.take()).to.equal(undefined);
    expect(losses).to.deep.equal([[{ t: 4 }, 'corrupt']]);
  });
});
