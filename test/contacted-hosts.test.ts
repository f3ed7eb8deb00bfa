import { expect } from 'chai';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { makeProject } from './journey/project.ts';

describe('the hosts that a process contacts', function () {
  this.timeout(180_000);

  let project: MonitoredProject;
  before(async () => {
    project = await monitored(await makeProject('otel2'));
  });
  after(() => project.close());

  it('are the configured one alone', async () => {
    const { connectionString, url } = project.monitor;
    const contacted = await contactedBy(['given-exporters.mjs', 'azure-monitor-bridge'], connectionString);
    expect(contacted).to.deep.equal([`tcp 127.0.0.1:${new URL(url).port}`]);
  });

  it('are the configured one alone when it refuses connections', async () => {
    const port = await unusedPort();
    const connectionString = `InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=http://127.0.0.1:${port}`;
    const contacted = await contactedBy(['exit.mjs', 'sent'], connectionString);
    expect(contacted).to.deep.equal([`tcp 127.0.0.1:${port}`]);
  });

  it('are all seen by the recorder', async () => {
    const port = await unusedPort();
    expect(await contactedBy(['connect-everywhere.mjs', String(port)])).to.have.members([
      `tcp 127.0.0.1:${port}`,
      `tcp 127.0.0.2:${port}`,
      `tcp 127.0.0.3:${port}`,
      'udp 127.0.0.4',
      'dns localhost',
      'dns one.invalid',
      'dns two.invalid',
    ]);
  });

  async function contactedBy(args: readonly string[], connectionString = ''): Promise<string[]> {
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, START_MILLIS: String(Date.now()) };
    const ended = await project.run(['--import', './record-connections.mjs', ...args], env);
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
    return JSON.parse(await readFile(path.join(project.folder, 'contacted.json'), 'utf8')) as string[];
  }
});

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
