import { expect } from 'chai';
import { execFile, execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { encodeFile } from '../../src/spool/file-format.ts';
import { folderNameFor } from '../../src/spool/storage-location.ts';
import { batchOf } from './test-batch.ts';
import type { Sight } from './victim.ts';

const LEAF = folderNameFor('me');
const IS_ROOT = process.getuid?.() === 0;
const VICTIM = IS_ROOT ? 65534 : (process.getuid?.() ?? 0);
const ATTACKER = 1001;
/** Not so old that it would be thrown away unread. */
const LATELY = Date.now() - 3_600_000;
const NAME = `${LATELY}-0123456789ab-1.9t`;

/** A valid batch for the victim, as an attacker would forge it: nothing in it is secret. */
const FORGED = Buffer.concat(encodeFile(batchOf(9), LEAF));

describe('the spool under attack', function () {
  if (process.platform === 'win32') return;
  this.timeout(60_000);
  let root: string;

  beforeEach(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'spool-attacks-')));
    fs.chmodSync(root, 0o1777);
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  const own = (file: string, user: number, mode?: number): void => {
    if (IS_ROOT) fs.chownSync(file, user, user);
    if (mode !== undefined) fs.chmodSync(file, mode);
  };
  const folder = (name: string, user: number, mode: number): string => {
    const made = path.join(root, name);
    fs.mkdirSync(made);
    own(made, user, mode);
    return made;
  };
  /** The folder of the victim, as it made it earlier. */
  const leaf = (): string => {
    folder('state', VICTIM, 0o700);
    return folder(`state/${LEAF}`, VICTIM, 0o700);
  };
  const run = async (...directories: string[]): Promise<Sight> => {
    const script = path.join(import.meta.dirname, 'victim.ts');
    const user = IS_ROOT ? { uid: VICTIM, gid: VICTIM } : {};
    const args = ['--import', 'tsx', script, ...directories.map(name => path.join(root, name))];
    const { stdout } = await promisify(execFile)(process.execPath, args, { ...user, timeout: 30_000 });
    return JSON.parse(stdout) as Sight;
  };
  const unharmed = { put: 'kept', taken: [7, 7, 7], messages: [] };
  const modeOf = (file: string): number => fs.lstatSync(file).mode & 0o777;
  const asRoot = IS_ROOT ? it : it.skip;

  it('makes what it needs for its owner alone', async () => {
    expect(await run('state')).to.deep.include({ ...unharmed, lost: [] });
    const made = path.join(root, 'state', LEAF);
    expect([path.join(root, 'state'), made].map(modeOf)).to.deep.equal([0o700, 0o700]);
    const names = fs.readdirSync(made);
    expect(names.map(name => modeOf(path.join(made, name)))).to.deep.equal([0o600]);
  });

  asRoot('refuses a folder of somebody else above its own, and takes the next place', async () => {
    folder('theirs', ATTACKER, 0o777);
    const { messages, ...sight } = await run('theirs', 'state');
    expect(sight).to.deep.include({ put: 'kept', taken: [7, 7, 7], lost: [] });
    expect(messages).to.deep.equal([
      `azure-monitor/spool Telemetry waits in ${root}/state/${LEAF}, because ` +
        `${root}/theirs: belongs to user 1001, expected 65534 or root.`,
    ]);
    expect(fs.readdirSync(path.join(root, 'theirs'))).to.deep.equal([]);
  });

  it('refuses a folder above its own in which others may write', async () => {
    folder('open', VICTIM, 0o775);
    const { messages, ...sight } = await run('open');
    expect(sight).to.deep.include({ put: 'refused', taken: [], lost: [] });
    expect(messages).to.deep.equal([
      `azure-monitor/spool ${root}/open: others may write there. Telemetry waits in memory until the disk takes it.`,
    ]);
  });

  asRoot('refuses a path through a link of somebody else', async () => {
    folder('elsewhere', VICTIM, 0o700);
    fs.symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'link'));
    execFileSync('chown', ['-h', `${ATTACKER}`, path.join(root, 'link')]);
    const { messages, ...sight } = await run('link/state');
    expect(sight).to.deep.include({ put: 'refused', taken: [] });
    expect(messages.join()).to.include(`${root}/link: a symbolic link`);
    expect(fs.readdirSync(path.join(root, 'elsewhere'))).to.deep.equal([]);
  });

  asRoot('follows a link of root above its own folder', async () => {
    folder('elsewhere', VICTIM, 0o700);
    fs.symlinkSync('elsewhere', path.join(root, 'link'));
    expect(await run('link/state')).to.deep.include({ ...unharmed, lost: [] });
    expect(fs.readdirSync(path.join(root, 'elsewhere', 'state'))).to.deep.equal([LEAF]);
  });

  it('refuses a link in place of its own folder, whoever made it', async () => {
    folder('state', VICTIM, 0o700);
    folder('elsewhere', VICTIM, 0o700);
    fs.symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'state', LEAF));
    const { messages, ...sight } = await run('state');
    expect(sight).to.deep.include({ put: 'refused', taken: [] });
    expect(messages.join()).to.include(`${root}/state/${LEAF}: a symbolic link`);
    expect(fs.readdirSync(path.join(root, 'elsewhere'))).to.deep.equal([]);
  });

  asRoot('does not read from a folder of somebody else', async () => {
    folder('state', VICTIM, 0o700);
    const theirs = folder(`state/${LEAF}`, ATTACKER, 0o777);
    fs.writeFileSync(path.join(theirs, `${NAME}.${FORGED.byteLength}.q`), FORGED, { mode: 0o666 });
    expect(await run('state')).to.deep.include({ put: 'refused', taken: [], lost: [] });
    expect(fs.readdirSync(theirs)).to.deep.equal([`${NAME}.${FORGED.byteLength}.q`]);
  });

  it('does not read from its own folder while others may enter it', async () => {
    const mine = leaf();
    fs.chmodSync(mine, 0o777);
    fs.writeFileSync(path.join(mine, `${NAME}.${FORGED.byteLength}.q`), FORGED, { mode: 0o600 });
    const { messages, ...sight } = await run('state');
    expect(sight).to.deep.include({ put: 'refused', taken: [], lost: [] });
    expect(messages.join()).to.include('others may enter, expected mode 0700');
  });

  /** What stands in the victim's own folder under the name of a batch, and must never be read. */
  const planted: [string, (file: string) => void][] = [
    [
      'a link to a private file of its own',
      file => {
        const secret = path.join(root, 'secret');
        fs.writeFileSync(secret, FORGED, { mode: 0o600 });
        own(secret, VICTIM);
        fs.symlinkSync(secret, file);
      },
    ],
    [
      'a hard link to a private file of its own',
      file => {
        const secret = path.join(root, 'secret');
        fs.writeFileSync(secret, FORGED, { mode: 0o600 });
        own(secret, VICTIM);
        fs.linkSync(secret, file);
      },
    ],
    ['a FIFO', file => execFileSync('mkfifo', ['-m', '600', file])],
    [
      'a file that is far longer than its name says',
      file => {
        fs.writeFileSync(file, FORGED, { mode: 0o600 });
        fs.truncateSync(file, 1.5 * 1024 * 1024 * 1024);
      },
    ],
    ['an empty file', file => fs.writeFileSync(file, '', { mode: 0o600 })],
    ['a folder', file => fs.mkdirSync(file, { mode: 0o700 })],
    ['a link that leads to itself', file => fs.symlinkSync(file, file)],
    ['a link to a device that never ends', file => fs.symlinkSync('/dev/zero', file)],
  ];
  if (IS_ROOT) {
    planted.push([
      'a file of somebody else',
      file => {
        fs.writeFileSync(file, FORGED, { mode: 0o644 });
        fs.chownSync(file, ATTACKER, ATTACKER);
      },
    ]);
  }
  for (const [what, plant] of planted) {
    it(`neither reads nor waits for ${what}, and goes on`, async () => {
      const file = path.join(leaf(), `${NAME}.${FORGED.byteLength}.q`);
      plant(file);
      if (IS_ROOT && !what.includes('somebody')) execFileSync('chown', ['-h', `${VICTIM}:${VICTIM}`, file]);
      const { memoryMegabytes, ...sight } = await run('state');
      expect(sight).to.deep.equal({ ...unharmed, lost: [[{ t: 9 }, 'corrupt']] });
      expect(memoryMegabytes).to.be.below(300);
    });
  }

  it('gets through a thousand damaged files to the good ones', async () => {
    const mine = leaf();
    for (let index = 0; index < 1000; index += 1) {
      const damaged = Buffer.from(FORGED);
      damaged[index % damaged.byteLength] = (damaged[index % damaged.byteLength] ?? 0) ^ 0x40;
      const content = [damaged, damaged.subarray(0, index % 50), Buffer.concat([FORGED, damaged])][index % 3] ?? FORGED;
      const file = path.join(mine, `${LATELY + index}-0123456789ab-1.9t.${FORGED.byteLength}.q`);
      fs.writeFileSync(file, content, { mode: 0o600 });
      own(file, VICTIM);
    }
    const { taken, lost } = await run('state');
    expect(taken).to.deep.equal([7, 7, 7]);
    expect(lost).to.have.length(1000);
    expect(fs.readdirSync(path.join(mine, 'bad'))).to.have.length(10);
  });
});
