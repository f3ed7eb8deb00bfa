import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runNode } from './journey/child.ts';
import { LINES } from './journey/opentelemetry-line.ts';
import { makeProject, type Project } from './journey/project.ts';

describe("the exporters' own requests", function () {
  this.timeout(180_000);

  let monitor: LocalMonitor;
  let shop: Server;
  before(async () => {
    monitor = await startLocalMonitor();
    shop = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(shop, 'listening');
  });
  beforeEach(() => monitor.clear());
  after(async () => {
    shop.close();
    await monitor.close();
  });

  for (const { line, tree, findNode } of LINES) {
    describe(`under the HTTP instrumentations of ${line}`, () => {
      let project: Project;
      before(async () => {
        project = await makeProject(tree);
      });
      after(() => project.remove());

      it('are no telemetry, while those of the app are', async () => {
        const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
        const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString, SHOP_URL: url };
        const ended = await runNode(['own-requests.cjs'], { cwd: project.folder, env, node: await findNode() });
        expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
        const calls = monitor.rows('dependencies').filter(row => row.name !== 'by hand');
        expect(calls.map(row => row.data)).to.have.members([`${url}/http`, `${url}/fetch`, `${url}/got`]);
        const durations = monitor.rows('customMetrics').filter(row => row.name === 'http.client.request.duration');
        const ports = new Set(durations.map(row => row.customDimensions['server.port']));
        expect([...ports]).to.deep.equal([new URL(url).port]);
      });
    });
  }
});
