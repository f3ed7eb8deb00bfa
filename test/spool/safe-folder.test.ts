import { expect } from 'chai';
import { openSafeFolder } from '../../src/spool/safe-folder.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const ME = 1000;

describe('openSafeFolder', () => {
  let disk: MemoryFileSystem;
  beforeEach(() => {
    disk = new MemoryFileSystem(ME);
  });
  const open = (folder: string, isToBeMade = false) =>
    openSafeFolder(folder, { files: disk.seenBy(ME), uid: ME, isToBeMade });
  const folder = (path: string, uid: number, mode: number) => disk.add(path, { kind: 'folder', uid, mode });

  it('says that a folder is not there, and makes it with all above it when it is to be made', async () => {
    expect(await open('/home/me/a/b')).to.deep.equal({ kind: 'absent' });
    expect(await open('/home/me/a/b', true)).to.deep.equal({ kind: 'ready', path: '/home/me/a/b' });
    expect(disk.node('/home/me/a').mode).to.equal(0o700);
  });

  const refused: [string, () => void, string][] = [
    ['a folder of root in place of its own', () => folder('/home/me/a', 0, 0o700), 'belongs to user 0, expected 1000'],
    [
      'a folder of its own that others may read',
      () => folder('/home/me/a', ME, 0o750),
      'others may enter, expected mode 0700',
    ],
    ['a file', () => disk.add('/home/me/a', { kind: 'file', uid: ME }), 'not a folder'],
    [
      'a link of root in place of its own folder',
      () => disk.add('/home/me/a', { kind: 'link', uid: 0, target: '/home/me' }),
      'a symbolic link',
    ],
  ];
  for (const [what, prepare, reason] of refused) {
    it(`refuses ${what}`, async () => {
      prepare();
      expect(await open('/home/me/a')).to.deep.equal({ kind: 'refused', reason: `/home/me/a: ${reason}` });
    });
  }

  it('goes through a folder of root in which all may write, if each can change only what is theirs', async () => {
    folder('/tmp', 0, 0o1777);
    expect((await open('/tmp/mine', true)).kind).to.equal('ready');
    folder('/tmp', 0, 0o777);
    expect(await open('/tmp/mine')).to.deep.equal({ kind: 'refused', reason: '/tmp: others may write there' });
    folder('/tmp', 1001, 0o1777);
    expect(await open('/tmp/mine')).to.deep.equal({
      kind: 'refused',
      reason: '/tmp: belongs to user 1001, expected 1000 or root',
    });
  });

  it('follows links of root above its own folder to where they lead, and looks at that as well', async () => {
    disk.add('/var', { kind: 'link', uid: 0, target: 'private/var' });
    folder('/private', 0, 0o755);
    folder('/private/var', 0, 0o755);
    folder('/private/var/mine', ME, 0o700);
    expect(await open('/var/mine')).to.deep.equal({ kind: 'ready', path: '/private/var/mine' });
    folder('/private', 0, 0o777);
    expect(await open('/var/mine')).to.deep.equal({ kind: 'refused', reason: '/private: others may write there' });
  });

  it('gives up on links that lead to each other', async () => {
    disk.add('/a', { kind: 'link', uid: 0, target: '/b' });
    disk.add('/b', { kind: 'link', uid: 0, target: '/a' });
    expect((await open('/a/mine')).kind).to.equal('refused');
  });

  it('asks for no owner where users have no numbers', async () => {
    folder('/home/me/a', 0, 0o777);
    const files = disk.seenBy(ME);
    expect(await openSafeFolder('/home/me/a', { files, uid: undefined, isToBeMade: false })).to.deep.equal({
      kind: 'ready',
      path: '/home/me/a',
    });
  });
});
