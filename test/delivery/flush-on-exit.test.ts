import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../src/delivery/clock.ts';
import { openDelivery } from '../../src/delivery/registry.ts';
import { until } from './fake-clock.ts';
import { ScriptedServer } from './scripted-server.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const REGISTRY = pathToFileURL(path.join(REPOSITORY, 'src/delivery/registry.ts')).href;
const FILE_SYSTEM = pathToFileURL(path.join(REPOSITORY, 'src/spool/file-system.ts')).href;

describe('what is in memory when a process ends', function () {
  this.timeout(60_000);
  let server: ScriptedServer;
  let directory: string;
  let isKeptOnExit: boolean;
  let keepsFirst: boolean;
  beforeEach(async () => {
    isKeptOnExit = true;
    keepsFirst = false;
    directory = await mkdtemp(path.join(tmpdir(), 'exit-'));
    server = await ScriptedServer.start();
  });
  afterEach(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });

  const options = () => ({
    ingestionEndpoint: server.url,
    instrumentationKey: 'key',
    storage: { directories: [directory], isKeptOnExit, keepsFirst },
  });

  /** Hands over two items and ends as `ending` says, or within a call to the file system that `calls` replaces. */
  const run = async (ending: string, calls = ''): Promise<{ code: number; stderr: string }> => {
    const code = `
      import { openDelivery } from '${REGISTRY}';
      import { nodeFileSystem } from '${FILE_SYSTEM}';
      const files = { ...nodeFileSystem, ${calls} };
      // No time passes: nothing goes to disk by itself.
      const clock = { monotonicMillis: () => 0, wallMillis: Date.now, schedule: () => ({ cancel() {}, hold() {} }) };
      // Nothing reaches the service, however long it takes to get to the end.
      const transport = { post: () => new Promise(() => {}), close() {} };
      const delivery = openDelivery(${JSON.stringify(options())}, { clock, transport, spool: { files } });
      void delivery.send([Buffer.from('{"n":1}')], 'traces');
      void delivery.send([Buffer.from('{"n":2}')], 'logs');
      ${ending}`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    return { code: Number(child.exitCode), stderr };
  };

  /** What a later process sends. */
  const sentLater = async (): Promise<unknown[]> => {
    // What the process had claimed is free by then.
    const clock = { ...systemClock, wallMillis: () => Date.now() + 300_000 };
    const later = openDelivery(options(), { random: () => 0, clock });
    await until(() => later.stats().accepted >= 2 && later.stats().diskItems === 0);
    await later.shutdown();
    expect(later.stats()).to.deep.include({ adopted: 2, accepted: 2, diskItems: 0 });
    return server.items;
  };

  it('is on disk after process.exit(), and sent by a later process', async () => {
    expect(await run('process.exit(3);')).to.deep.equal({ code: 3, stderr: '' });
    expect(await sentLater()).to.have.deep.members([{ n: 1 }, { n: 2 }]);
  });

  it('is on disk after an uncaught exception, which ends the process as ever', async () => {
    const { code, stderr } = await run(`throw new Error('no stock');`);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^Error: no stock$/m);
    expect(await sentLater()).to.have.deep.members([{ n: 1 }, { n: 2 }]);
  });

  const moments: [what: string, call: string][] = [
    ['before its file is made', `create: () => process.exit(3)`],
    ['when its file is empty', `create: async file => { await nodeFileSystem.create(file); process.exit(3); }`],
    ['when its file is complete', `rename: () => process.exit(3)`],
    ['when its file has its name', `rename: async (from, to) => { await nodeFileSystem.rename(from, to); process.exit(3); }`],
  ]; // prettier-ignore
  for (const [what, call] of moments) {
    it(`is on disk once when the process ends while it is being written, ${what}`, async () => {
      keepsFirst = true;
      expect(await run('', call)).to.deep.equal({ code: 3, stderr: '' });
      expect(await sentLater()).to.have.deep.members([{ n: 1 }, { n: 2 }]);
    });
  }

  it('goes into a folder for its owner alone, and not through a link in its place', async () => {
    await run('process.exit(3);');
    const [name = ''] = await readdir(directory);
    const folder = path.join(directory, name);
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
    const elsewhere = path.join(directory, 'elsewhere');
    await rename(folder, elsewhere);
    await symlink(elsewhere, folder);
    const before = await readdir(elsewhere);
    expect(await run('process.exit(3);')).to.deep.equal({ code: 3, stderr: '' });
    expect(await readdir(elsewhere)).to.deep.equal(before);
  });

  it('is not written where others may write', async () => {
    await chmod(directory, 0o777);
    expect(await run('process.exit(3);')).to.deep.equal({ code: 3, stderr: '' });
    expect(await readdir(directory)).to.deep.equal([]);
  });

  it('is lost unless it was to be kept', async () => {
    isKeptOnExit = false;
    expect(await run('process.exit(3);')).to.deep.equal({ code: 3, stderr: '' });
    expect(await readdir(directory)).to.deep.equal([]);
  });
});
