import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFileName } from '../../src/spool/file-name.ts';
import { Spool } from '../../src/spool/spool.ts';
import { linesOf } from '../delivery/diag-lines.ts';
import { ManualClock } from './manual-clock.ts';
import { batchOf } from './test-batch.ts';

const DISK_BYTES = 256 * 1024;
const BATCH_BYTES = 10_000;

/** Made of memory, which only root may do, and not in every container. */
describe('a spool on a disk that is full', () => {
  let disk: string;
  before(function () {
    disk = fs.mkdtempSync(path.join(fs.realpathSync(tmpdir()), 'spool-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=0700`, 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      fs.rmdirSync(disk);
      this.skip();
    }
  });
  after(() => {
    if (!fs.existsSync(disk)) return;
    execFileSync('umount', [disk]);
    fs.rmdirSync(disk);
  });

  it('refuses what does not fit, leaves nothing cut short behind, and goes on when there is room', async () => {
    const clock = new ManualClock();
    const health: boolean[] = [];
    const spool = new Spool({
      clock,
      directories: [path.join(disk, 'state')],
      destination: ['me'],
      onLoss: () => undefined,
      onHealth: reason => health.push(reason === undefined),
    });
    const put = async (number: number) => spool.put({ ...batchOf(number), body: randomBytes(BATCH_BYTES) });
    let kept = 0;
    const lines = await linesOf(async () => {
      await spool.start();
      while (kept < DISK_BYTES / BATCH_BYTES && (await put(1)).kind === 'kept') kept += 1;
      for (let second = 0; second < 150; second += 1) {
        expect(await put(1))
          .to.have.property('reason')
          .that.matches(/: ENOSPC$/);
        await clock.advance(1000);
      }
      expect(kept).to.be.above(10);
      expect(sizes()).to.deep.equal(Array.from({ length: kept }, () => [true, true]));
      for (let taken = 0; taken < 5; taken += 1) await (await spool.take())?.done();
      await clock.advance(60_000);
      expect(await put(1)).to.deep.equal({ kind: 'kept' });
      await spool.close();
    });
    expect(health).to.deep.equal([false, true]);
    expect(lines).to.have.length(2);
  });

  /** Of each file, whether it is a batch that waits, and whether it is as long as its name says. */
  function sizes(): [boolean, boolean][] {
    const files = fs.readdirSync(disk, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    return files.map(({ name, parentPath }) => {
      const file = parseFileName(name);
      const { size } = fs.statSync(path.join(parentPath, name));
      return [file !== undefined && file.claim === undefined, size === file?.bytes];
    });
  }
});
