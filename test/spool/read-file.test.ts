import { expect } from 'chai';
import { readFile } from '../../src/spool/read-file.ts';
import { MemoryFileSystem, systemError } from './memory-file-system.ts';

const ME = 1000;
const FILE = '/home/me/file';
const content = Buffer.from('four');

describe('readFile', () => {
  const cases: [string, Parameters<MemoryFileSystem['add']>[1], string][] = [
    ['a thing that is no file', { kind: 'other', content }, 'not an ordinary file'],
    ['a folder', { kind: 'folder', content }, 'not an ordinary file'],
    ['a link', { kind: 'link', content }, 'ELOOP'],
    ['a file of somebody else', { uid: 1001, mode: 0o644, content }, 'belongs to another user'],
    ['a file with two names', { links: 2, content }, 'has more than one name'],
    ['a file that is longer than its name says', { content: Buffer.alloc(5) }, '5 bytes long, 4 by its name'],
    ['a file that is shorter than its name says', { content: Buffer.alloc(3) }, '3 bytes long, 4 by its name'],
  ];
  for (const [what, node, reason] of cases) {
    it(`does not read ${what}`, async () => {
      const disk = new MemoryFileSystem(ME);
      disk.add(FILE, node);
      const calls: string[] = [];
      const files = disk.seenBy(ME, ({ name }) => void calls.push(name));
      expect(await readFile(files, FILE, { uid: ME, bytes: 4 })).to.deep.equal({ kind: 'unfit', reason });
      expect(calls).not.to.include('read');
      expect(calls.filter(name => name === 'close')).to.have.length(calls.includes('openFacts') ? 1 : 0);
    });
  }

  it('reads an ordinary file of its own', async () => {
    const disk = new MemoryFileSystem(ME);
    disk.add(FILE, { content });
    expect(await readFile(disk.seenBy(ME), FILE, { uid: ME, bytes: 4 })).to.deep.equal({ kind: 'content', content });
  });

  it('takes a failing disk for what it is, and not for a damaged file', async () => {
    const disk = new MemoryFileSystem(ME);
    disk.add(FILE, { content });
    const files = disk.seenBy(ME, ({ name }) => {
      if (name === 'read') throw systemError('EIO');
    });
    expect(await readFile(files, FILE, { uid: ME, bytes: 4 })).to.deep.equal({ kind: 'failed', code: 'EIO' });
  });
});
