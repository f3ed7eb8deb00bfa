import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import { once } from 'node:events';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { flushAtEnd } from '../../src/final-flush.ts';
import { runNode, type ChildResult } from '../journey/child.ts';
import { monitored, type MonitoredProject } from '../journey/monitored-project.ts';
import { LINES } from '../journey/opentelemetry-line.ts';
import { makeProject } from '../journey/project.ts';

/** What an exporter says that has sent everything. */
const OPEN = { memoryItems: 0, diskItems: 0, gate: { state: 'open' } } as const;

const MAX_MILLIS_TO_EXIT = 3000;

for (const { line, tree, findNode } of LINES) {
  describe(`a program with OpenCensus's metrics, on ${line}`, function () {
    this.timeout(180_000);

    let project: MonitoredProject;
    let monitor: LocalMonitor;
    let silent: Server;
    before(async () => {
      project = await monitored(await makeProject(tree), await findNode());
      monitor = project.monitor;
      silent = createServer(socket => socket.resume().on('error', () => undefined)).listen(0, '127.0.0.1');
      await once(silent, 'listening');
    });
    beforeEach(() => monitor.clear());
    after(async () => {
      silent.close();
      await project.close();
    });

    for (const format of ['esm', 'cjs']) {
      it(`sends its last metrics at its end, from the ${format} copy`, async () => {
        const ended = await run([format]);
        expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
        const rows = monitor
          .rows('customMetrics')
          .map(({ name, value, cloud_RoleName }) => [name, value, cloud_RoleName]);
        expect(rows).to.deep.equal([['prompt view', 1, 'opencensus-metrics.mjs']]);
        monitor.assertClean();
      });
    }

    it('waits at its end for a service that asks for a moment', async () => {
      monitor.failNext({ status: 503, retryAfterSeconds: 1 });
      const ended = await run(['without storage']);
      expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
      expect(monitor.rows('customMetrics').map(row => row.value)).to.deep.equal([1]);
    });

    it('has one stats and one end, although both copies are loaded', async () => {
      const ended = await run(['both']);
      expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
      expect(monitor.rows('customMetrics').map(row => row.value)).to.deep.equal([1, 1]);
    });

    it('keeps its exit code, and the name that the environment gives it', async () => {
      const ended = await run(['esm', '7'], { OTEL_SERVICE_NAME: 'prompter' });
      expect(ended).to.deep.include({ code: 7, signal: null, stderr: '' });
      expect(monitor.rows('customMetrics').map(row => row.cloud_RoleName)).to.deep.equal(['prompter']);
    });

    it('sends nothing more at its end after a shutdown', async () => {
      const ended = await run(['shut down']);
      expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
      expect(monitor.rows('customMetrics').map(row => row.value)).to.deep.equal([1]);
    });

    it('is not held by an endpoint that hangs for longer than its grace period', async () => {
      const { port } = silent.address() as AddressInfo;
      const hanging = `InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=http://127.0.0.1:${port}/`;
      const ended = await run(['impatient'], { APPLICATIONINSIGHTS_CONNECTION_STRING: hanging });
      expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
      expect(Number(ended.stdout)).to.be.below(MAX_MILLIS_TO_EXIT);
    });

    function run(args: string[], env: Record<string, string> = {}): Promise<ChildResult> {
      return project.run(['opencensus-metrics.mjs', ...args], env);
    }
  });
}

describe('a program without the SDK and instrumentations', function () {
  this.timeout(180_000);

  it('is told which command installs each', async () => {
    const project = await makeProject('otel2');
    const scope = path.join(project.folder, 'node_modules/@opentelemetry');
    await rm(scope);
    await mkdir(scope);
    const api = path.resolve(import.meta.dirname, '../../node_modules/@opentelemetry/api');
    await symlink(api, path.join(scope, 'api'), 'junction');
    const code = `import * as facade from 'azure-monitor-bridge/opencensus';
      const { AzureEventHandler, AzureExporter, AzureLogHandler, newMetricsExporter, traceIntegrations } = facade;
      const uses = [
        () => new AzureExporter(),
        () => newMetricsExporter(),
        () => new AzureLogHandler(),
        () => new AzureEventHandler(),
        () => traceIntegrations(['postgresql']),
        () => traceIntegrations(['@fastify/otel']),
      ];
      for (const use of uses) try { use(); } catch (error) { console.log(error.message); }`;
    const ended = await runNode(['--input-type=module', '--eval', code], { cwd: project.folder });
    await project.remove();
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
    expect(ended.stdout.split('\n')).to.deep.equal([
      missing('AzureExporter', '@opentelemetry/sdk-trace'),
      missing('newMetricsExporter', '@opentelemetry/sdk-metrics'),
      missing('AzureLogHandler', '@opentelemetry/sdk-logs'),
      missing('AzureEventHandler', '@opentelemetry/sdk-logs'),
      missing('traceIntegrations', '@opentelemetry/instrumentation-pg'),
      missing('traceIntegrations', '@fastify/otel'),
      '',
    ]);
  });
});

describe('flushAtEnd', () => {
  it('listens for the end of the process once, while there is something to flush', () => {
    const before = process.listenerCount('beforeExit'); // Other tests may have something to flush as well.
    const flush = { handOver: () => Promise.resolve(), stats: () => OPEN, graceMillis: 1 };
    const cancelOne = flushAtEnd(flush);
    const withOne = process.listenerCount('beforeExit');
    const cancelOther = flushAtEnd({ ...flush });
    const withBoth = process.listenerCount('beforeExit');
    cancelOne();
    cancelOther();
    expect([withOne > 0, withBoth, process.listenerCount('beforeExit')]).to.deep.equal([true, withOne, before]);
  });
});

function missing(neededBy: string, name: string): string {
  return `${neededBy}: the package ${name} is not installed. Install it: npm install ${name}`;
}
