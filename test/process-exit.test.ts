import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { runNode } from './journey/child.ts';
import { makeProject, type Project } from './journey/project.ts';

const MAX_MILLIS_TO_EXIT = 1000;

describe('a process with exporters', function () {
  this.timeout(180_000);

  let project: Project;
  let monitor: LocalMonitor;
  let silent: Server;
  before(async () => {
    project = await makeProject('otel2');
    monitor = await startLocalMonitor();
    silent = createServer(socket => socket.resume().on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  after(async () => {
    silent.close();
    await monitor.close();
    await project.remove();
  });

  it('ends by itself within a second when they are only constructed', async () => {
    const ended = await runScene('constructed', 'http://127.0.0.1:9/');
    expect(Number(ended.stdout)).to.be.below(MAX_MILLIS_TO_EXIT);
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
  });

  it('ends by itself within a second after one send', async () => {
    const ended = await runScene('sent', monitor.url);
    expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
    expect(Number(ended.stdout)).to.be.below(MAX_MILLIS_TO_EXIT);
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
  });

  it('ends by itself within a second while the endpoint hangs', async () => {
    const hasRequest = once(silent, 'connection').then(([socket]) => once(socket as NodeJS.ReadableStream, 'data'));
    const ended = await runScene('hanging', `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`, hasRequest);
    expect(Number(ended.stdout)).to.be.below(MAX_MILLIS_TO_EXIT);
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
  });

  function runScene(scene: string, endpoint: string, mayGoOn?: Promise<unknown>): ReturnType<typeof runNode> {
    const connectionString = `InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=${endpoint}`;
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString };
    return runNode(['exit.mjs', scene], { cwd: project.folder, env, ...(mayGoOn !== undefined && { mayGoOn }) });
  }
});
