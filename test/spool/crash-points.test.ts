import { expect } from 'chai';
import type { FileSystem } from '../../src/spool/file-system.ts';
import { Spool } from '../../src/spool/spool.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem, type Call } from './memory-file-system.ts';
import { batchOf } from './test-batch.ts';

const PROMISED = 1;
const LEASED = 2;
const NEW = 3;

/** A process that stops dead before its call number `limit`, counted from when it is told to. */
class StoppableProcess {
  readonly files: FileSystem;
  readonly calls: string[] = [];
  readonly stopped: Promise<void>;
  #limit = Infinity;
  #stop: () => void = () => undefined;

  constructor(disk: MemoryFileSystem) {
    this.stopped = new Promise(resolve => {
      this.#stop = resolve;
    });
    this.files = disk.seenBy(1000, call => this.#before(call));
  }

  stopAfter(calls: number): void {
    this.calls.length = 0;
    this.#limit = calls;
  }

  #before({ name }: Call): Promise<void> | void {
    if (this.calls.length >= this.#limit) {
      this.#stop();
      return new Promise(() => {}); // Stopped: nothing ever comes back.
    }
    this.calls.push(name);
  }
}

interface Run {
  readonly disk: MemoryFileSystem;
  readonly clock: ManualClock;
  /** Numbers of the batches for which the caller was told that they are kept. */
  readonly kept: number[];
  /** Numbers of the batches that were delivered before their files were removed. */
  readonly delivered: number[];
  readonly calls: readonly string[];
}

/** Spills a batch, leases another, renews, delivers and releases; stops after so many calls to the file system. */
async function runUntil(limit: number, isSynced: boolean): Promise<Run> {
  const disk = new MemoryFileSystem();
  const clock = new ManualClock();
  const process = new StoppableProcess(disk);
  const kept: number[] = [];
  const delivered: number[] = [];
  const spool = openSpool('aaaaaaaaaaaa', process.files, clock, isSynced);
  for (const number of [PROMISED, LEASED]) {
    await spool.put(batchOf(number));
    kept.push(number);
  }
  process.stopAfter(limit);
  const life = async (): Promise<void> => {
    const put = await spool.put(batchOf(NEW));
    if (put.kind === 'kept') kept.push(NEW);
    const first = await spool.take();
    const second = await spool.take();
    void spool.start();
    await clock.advance(20_000); // Both leases are renewed.
    delivered.push(PROMISED);
    await first?.done();
    await second?.release();
    await spool.close();
  };
  await Promise.race([life(), process.stopped]);
  return { disk, clock, kept, delivered, calls: process.calls };
}

function openSpool(id: string, files: FileSystem, clock: ManualClock, isSynced: boolean): Spool {
  const parts = { directories: ['/home/me/spool'], destination: ['me'], onLoss: () => undefined, uid: 1000 };
  return new Spool({ ...parts, clock, files, id, isSynced });
}

async function drain({ disk, clock }: Run): Promise<number[]> {
  const spool = openSpool('bbbbbbbbbbbb', disk.seenBy(1000), clock, false);
  await spool.start();
  await clock.advance(120_000);
  const numbers: number[] = [];
  for (let lease = await spool.take(); lease !== undefined; lease = await spool.take()) {
    numbers.push(lease.batch.lengths.length);
    await lease.done();
  }
  await spool.close();
  return numbers;
}

describe('a process that stops after any call to the file system', () => {
  let calls: readonly string[];
  before(async () => {
    calls = (await runUntil(Infinity, true)).calls;
  });

  it('goes through every kind of call', () => {
    expect(new Set(calls)).to.include.all.keys('create', 'write', 'sync', 'close', 'rename', 'syncFolder', 'open');
    expect(new Set(calls)).to.include.all.keys('openFacts', 'read', 'list', 'remove');
  });

  it('loses nothing that was promised, and delivers nothing twice but what was in flight', async () => {
    for (let limit = 0; limit <= calls.length; limit += 1) {
      const run = await runUntil(limit, true);
      const found = await drain(run);
      const what = `after ${limit} calls, the last of them ${run.calls.at(-1)}`;
      for (const number of run.kept) expect([...run.delivered, ...found], what).to.include(number);
      expect(new Set(found).size, what).to.equal(found.length);
      expect(
        run.disk.files('/home/me/spool').filter(file => file.includes('.q')),
        what,
      ).to.deep.equal([]);
    }
  });

  it('loses nothing that was promised when the power fails as well, where files are synced', async () => {
    for (let limit = 0; limit <= calls.length; limit += 1) {
      for (const chance of [0, 0.3, 0.7, 0.999]) {
        const run = await runUntil(limit, true);
        run.disk.powerFailure(() => chance);
        const found = await drain(run);
        const what = `after ${limit} calls, the last of them ${run.calls.at(-1)}`;
        for (const number of run.kept) expect([...run.delivered, ...found], what).to.include(number);
      }
    }
  });

  it('can lose what was promised when the power fails and files are not synced', async () => {
    const run = await runUntil(10, false);
    run.disk.powerFailure(() => 0.999);
    expect(await drain(run)).to.deep.equal([]);
  });
});
