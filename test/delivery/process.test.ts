import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { ScriptedServer } from './scripted-server.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const REGISTRY = pathToFileURL(path.join(REPOSITORY, 'src/delivery/registry.ts')).href;

describe('a process with a delivery', () => {
  let server: ScriptedServer;
  afterEach(() => server.close());

  /** Runs `body` with `delivery` open to the server and one `item`; gives what it prints, once it has ended by itself. */
  const run = async (body: string): Promise<unknown> => {
    const code = `
      import { openDelivery } from '${REGISTRY}';
      const item = Buffer.from('{"n":1}');
      const open = () => openDelivery({ ingestionEndpoint: '${server.url}', instrumentationKey: 'key' });
      ${body}`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(child.exitCode).to.equal(0);
    return JSON.parse(printed);
  };

  it('ends by itself while nothing is sent', async () => {
    server = await ScriptedServer.start();
    expect(await run(`open(); console.log(0);`)).to.equal(0);
  });

  it('ends by itself after a send, although the connection is kept', async () => {
    server = await ScriptedServer.start();
    await run(
      `const delivery = open(); await delivery.send([item], 'traces'); await delivery.flush(); console.log(0);`,
    );
    expect(server.items).to.deep.equal([{ n: 1 }]);
  });

  it('waits for the answer to what it has just handed over', async () => {
    server = await ScriptedServer.start();
    await run(`
      const delivery = open();
      await delivery.send([item], 'traces');
      await delivery.flush(); // By now everything is loaded.
      void delivery.send([item], 'traces');
      console.log(0);`);
    expect(server.items).to.deep.equal([{ n: 1 }, { n: 1 }]);
  });

  it('ends by itself while the service does not answer', async () => {
    server = await ScriptedServer.start([], () => ({ fault: 'hang' }));
    expect(await run(`console.log(JSON.stringify(await open().send([item], 'traces')));`)).to.deep.equal({
      kind: 'held',
    });
  });

  it('ends by itself while the gate is closed', async () => {
    server = await ScriptedServer.start([{ status: 429, headers: { 'retry-after': '3600' } }]);
    expect(await run(`console.log(JSON.stringify(await open().send([item], 'traces')));`)).to.deep.equal({
      kind: 'held',
    });
  });

  it('stays for a flush until the service takes what is left', async () => {
    server = await ScriptedServer.start([{ status: 503 }]);
    await run(`const delivery = open(); await delivery.send([item], 'traces'); void delivery.flush(); console.log(0);`);
    expect(server.items).to.deep.equal([{ n: 1 }, { n: 1 }]);
  });

  it('holds nothing after shutdown that it did not hold before', async () => {
    server = await ScriptedServer.start([{}, { status: 429, headers: { 'retry-after': '3600' } }]);
    const resources = await run(`
      const resources = () => process.getActiveResourcesInfo().sort();
      const pause = () => new Promise(resolve => setImmediate(resolve));
      await import('got'); // Loading reads files; that is not what is asked here.
      await pause();
      const before = resources();
      const delivery = open();
      await delivery.send([item], 'traces');
      await delivery.send([item], 'traces');
      await delivery.shutdown();
      for (let turn = 0; turn < 10; turn += 1) await pause();
      console.log(JSON.stringify([before, resources()]));`);
    const [before, after] = resources as [string[], string[]];
    expect(after).to.deep.equal(before);
  });
});
