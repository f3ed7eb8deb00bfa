import { expect } from 'chai';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeFileSystem, type FileSystem } from '../../src/spool/file-system.ts';
import { parseFileName } from '../../src/spool/file-name.ts';
import { Spool } from '../../src/spool/spool.ts';
import { ManualClock } from './manual-clock.ts';
import { batchOf } from './test-batch.ts';

const MAX_BYTES = 500;

describe('a spool whose process ends', () => {
  let directory: string;
  let clock: ManualClock;
  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'spool-exit-'));
    clock = new ManualClock();
  });
  afterEach(() => fs.rmSync(directory, { recursive: true }));

  const open = (files: FileSystem = nodeFileSystem): Spool =>
    new Spool({
      directories: [directory],
      destination: ['me'],
      onLoss: () => undefined,
      maxBytes: MAX_BYTES,
      clock,
      files,
    });
  const names = (): string[] => {
    const [folder = ''] = fs.readdirSync(directory);
    return fs.readdirSync(path.join(directory, folder)).sort();
  };
  const bytes = (): number => names().reduce((total, name) => total + (parseFileName(name)?.bytes ?? 0), 0);
  const itemsOf = (name: string): number => parseFileName(name)?.items ?? 0;

  it('keeps to its room, one process after the other, and lets the oldest go', async () => {
    for (let crash = 1; crash <= 20; crash += 1) {
      expect(open().putOnExit(batchOf(crash))).to.equal(true);
      await clock.advance(1000);
    }
    expect(bytes()).to.be.within(MAX_BYTES / 2, MAX_BYTES);
    expect(names().map(itemsOf).at(-1)).to.equal(20);
  });

  it('keeps to its room when what it writes comes before its first look into the folder', async () => {
    for (let crash = 1; crash <= 20; crash += 1) {
      const spool = open();
      void spool.start();
      expect(await spool.put(batchOf(crash))).to.deep.equal({ kind: 'kept' });
      await clock.advance(1000);
    }
    expect(bytes()).to.be.within(MAX_BYTES / 2, MAX_BYTES);
    expect(names().map(itemsOf).at(-1)).to.equal(20);
  });

  it('counts what others hold, and lets nothing go where that is too much', async () => {
    const other = open();
    for (const number of [1, 2, 3]) await other.put(batchOf(number));
    while (other.hasWaiting()) await other.take();
    await other.put(batchOf(5));
    const before = names();
    expect(open().putOnExit(batchOf(4, 200))).to.equal(false);
    expect(names()).to.deep.equal(before);
  });
});
