import { expect } from 'chai';
import path from 'node:path';
import type { Delivered } from '../../src/delivery/delivery.ts';
import { parseFileName } from '../../src/spool/file-name.ts';
import { MemoryFileSystem, systemError, type Call } from '../spool/memory-file-system.ts';
import { Bench, items } from './delivery-bench.ts';
import { linesOf } from './diag-lines.ts';
import { settled, until } from './fake-clock.ts';

const FOLDER = '/home/me/spool';
const MEMORY_MAX_BYTES = 20_000;
const BATCHES = 40;
const CALLS: readonly Call['name'][] = ['facts', 'makeFolder', 'create', 'write', 'close', 'rename', 'remove', 'list'];

describe('a delivery whose disk refuses', () => {
  for (const code of ['ENOSPC', 'EROFS', 'EACCES', 'EIO']) {
    for (const refused of CALLS) {
      it(`every ${refused} with ${code} goes on, shows no file cut short, and says little`, async () => {
        const disk = new MemoryFileSystem(1000);
        let isFailing = true;
        const files = disk.seenBy(1000, ({ name }) => {
          if (isFailing && name === refused) throw systemError(code);
        });
        let isAway = true;
        const bench = await Bench.start([], () => (isAway ? { status: 503 } : {}));
        const answers: Delivered[] = [];
        const lines = await linesOf(async () => {
          const delivery = bench.open(
            { storage: { directories: [FOLDER] }, memoryMaxBytes: MEMORY_MAX_BYTES },
            { spool: { files, uid: 1000 } },
          );
          for (let batch = 0; batch < BATCHES; batch += 1) {
            answers.push(await delivery.send(items(batch, batch + 1, 'x'.repeat(400)), 'traces'));
            bench.clock.advance(100);
            expect(delivery.stats().memoryBytes).to.be.at.most(MEMORY_MAX_BYTES);
          }
          for (const file of disk.files(FOLDER)) expectComplete(disk, file);
          isFailing = false;
          // As long as it takes: how long, is not what is asked here.
          while (delivery.stats().diskItems < BATCHES) await passASecond(bench);
          expect(delivery.stats()).to.deep.include({ memoryItems: 0, dropped: {}, diskFailure: undefined });
          isAway = false;
          while (delivery.stats().accepted < BATCHES) await passASecond(bench);
          await until(() => disk.files(FOLDER).every(file => !file.endsWith('.q')));
          await bench.close();
        });
        expect(answers).to.deep.equal(answers.map(() => ({ kind: 'held' })));
        expect(lines.filter(line => line.includes('azure-monitor/spool')).length).to.be.at.most(3);
      });
    }
  }
});

async function passASecond(bench: Bench): Promise<void> {
  bench.clock.advance(1000);
  await settled();
}

/** Whoever reads the folder takes no file for a batch that is not whole. */
function expectComplete(disk: MemoryFileSystem, file: string): void {
  const name = parseFileName(path.basename(file));
  if (name === undefined || name.claim?.purpose === 'temporary') return;
  expect(disk.node(file).content.byteLength, file).to.equal(name.bytes);
}
