import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { nodeForOpenTelemetry3, runNode, type ChildResult } from '../journey/child.ts';
import { LINES } from '../journey/opentelemetry-line.ts';
import type { Project } from '../journey/project.ts';
import { makeStartProject } from './start-project.ts';

const REGISTER = ['--import', 'azure-monitor-bridge/register'];
const DONE = { code: 0, signal: null, stdout: 'done' };
/** What a project may say too much of: it has no instrumentation or no name, and so on. */
const NAMED = { OTEL_SERVICE_NAME: 'shop', OTEL_LOG_LEVEL: 'warn' };

describe('register', function () {
  this.timeout(180_000);

  let project: Project;
  let monitor: LocalMonitor;
  before(async () => {
    project = await makeStartProject('otel2');
    monitor = await startLocalMonitor();
  });
  beforeEach(() => monitor.clear());
  after(async () => {
    await monitor.close();
    await project.remove();
  });

  it('sends nothing without a connection string, and says so', async () => {
    expect(await run(['work.mjs'], { OTEL_LOG_LEVEL: 'info' })).to.deep.equal({
      ...DONE,
      stderr:
        'azure-monitor/start Nothing is sent to Azure Monitor. There is no connection string: ' +
        'set APPLICATIONINSIGHTS_CONNECTION_STRING, or AZURE_MONITOR_LOCAL=1 for a local monitor.\n',
    });
  });

  it('sends nothing with a wrong one, and does not show it', async () => {
    const env = { ...NAMED, APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret' };
    const { stderr, ...ended } = await run(['work.mjs'], env);
    expect(ended).to.deep.equal(DONE);
    expect(stderr).to.match(
      /^azure-monitor\/start Nothing is sent to Azure Monitor\. connectionString: expected InstrumentationKey/,
    );
    expect(stderr).not.to.contain('secret');
  });

  it('sends to the local monitor that AZURE_MONITOR_LOCAL names', async () => {
    expect(await run(['work.mjs'], { ...NAMED, AZURE_MONITOR_LOCAL: monitor.url })).to.deep.equal({
      ...DONE,
      stderr: '',
    });
    expectAllSignals();
  });

  it('says once what it sends where', async () => {
    const env = { ...connected(), OTEL_SERVICE_NAME: 'shop', OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici' };
    // What is `info` goes to stdout, by OpenTelemetry's logger.
    expect(await run(['twice.mjs'], { ...env, OTEL_LOG_LEVEL: 'info' })).to.deep.equal({
      code: 0,
      signal: null,
      stdout:
        `azure-monitor/start Sends traces, metrics and logs to ${endpoint()}, ` +
        'with instrumentations: http, undici.\ntrue',
      stderr: '',
    });
  });

  it('does nothing when OTEL_SDK_DISABLED says so', async () => {
    const ended = await run(['work.mjs'], { ...connected(), OTEL_SDK_DISABLED: 'true' });
    expect(ended).to.deep.equal({ ...DONE, stderr: '' });
    expectRows({ dependencies: [], traces: [], customMetrics: [] });
  });

  it('takes the samplers of Azure Monitor', async () => {
    const sampler = { OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage', OTEL_TRACES_SAMPLER_ARG: '0' };
    const ended = await run(['work.mjs'], { ...connected(), ...NAMED, ...sampler });
    expect(ended).to.deep.equal({ ...DONE, stderr: '' });
    expectRows({ dependencies: [], traces: ['half done'], customMetrics: ['done'] });
  });

  it('takes lists of exporters', async () => {
    const lists = {
      OTEL_TRACES_EXPORTER: 'azure_monitor,console',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'azure_monitor,zipkin',
    };
    const ended = await run(['work.mjs'], { ...connected(), ...NAMED, ...lists });
    expect(ended.stdout).to.contain("name: 'work'").and.to.contain("name: 'step'");
    expect(ended.stderr).to.contain(
      'OTEL_LOGS_EXPORTER: expected otlp or console beside azure_monitor, found zipkin.\n',
    );
    expectRows({ dependencies: ['step', 'work'], traces: ['half done'], customMetrics: [] });
  });

  it('sends to others beside Azure Monitor', async () => {
    const paths: (string | undefined)[] = [];
    const collector = createServer((request, response) => {
      paths.push(request.url);
      request.resume().on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const both = {
      OTEL_TRACES_EXPORTER: 'azure_monitor,otlp',
      OTEL_METRICS_EXPORTER: 'azure_monitor,otlp',
      OTEL_LOGS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json',
      // It would count the requests of OpenTelemetry's exporters, whichever has been sent when metrics are collected.
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http',
    };
    const ended = await run(['work.mjs'], { ...connected(), ...NAMED, ...both });
    collector.close();
    expect(ended).to.deep.equal({ ...DONE, stderr: '' });
    expect(paths).to.have.members(['/v1/logs', '/v1/metrics', '/v1/traces']);
    expectRows({ dependencies: ['step', 'work'], traces: [], customMetrics: ['done'] });
  });

  it('lets the application run without an SDK, and says what to install', async () => {
    const bare = await makeStartProject('otel2', ['api', 'api-logs']);
    const ended = await run(['work.mjs'], { ...connected(), ...NAMED }, { cwd: bare.folder });
    await bare.remove();
    expect(ended).to.deep.equal({
      ...DONE,
      stderr:
        'azure-monitor/start Nothing is sent to Azure Monitor. startAzureMonitor: the package @opentelemetry/sdk-trace ' +
        'is not installed. Install it: npm install @opentelemetry/sdk-trace\n',
    });
  });

  for (const { line, tree, findNode } of LINES) {
    it(`starts the separate packages of ${line} when that is all there is`, async () => {
      const names = ['api', 'api-logs', 'context-async-hooks', 'sdk-logs', 'sdk-metrics', 'sdk-trace'];
      const present = names.filter(name => tree === 'otel2' || name !== 'api-logs');
      const small = await makeStartProject(tree, present);
      const ended = await run(
        ['work.mjs'],
        { ...connected(), ...NAMED },
        { cwd: small.folder, node: await findNode() },
      );
      await small.remove();
      expect(ended).to.deep.include(DONE);
      expect(ended.stderr).to.equal(
        `azure-monitor/start Sends traces, metrics and logs to ${endpoint()}, ` +
          'with instrumentations: none. No instrumentation is installed: ' +
          'npm install @opentelemetry/auto-instrumentations-node.\n',
      );
      expectAllSignals();
      const [outer] = monitor.rows('dependencies').filter(row => row.name === 'work');
      expect(monitor.rows('traces').map(row => row.operation_ParentId)).to.deep.equal([outer?.id]);
      expect(outer?.cloud_RoleName).to.equal('shop');
    });
  }

  it('sends what is logged by the older Logs API under the 3.x line', async () => {
    const newer = await makeStartProject('otel3', ['api', 'context-async-hooks', 'sdk-logs', 'sdk-trace']);
    const name = 'node_modules/@opentelemetry/api-logs';
    await cp(path.resolve(import.meta.dirname, '../..', name), path.join(newer.folder, name), { recursive: true });
    const env = { ...connected(), OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };
    const ended = await run(['legacy-logs.mjs'], env, { cwd: newer.folder, node: await nodeForOpenTelemetry3() });
    await newer.remove();
    expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    expectRows({ dependencies: [], traces: ['by the older API'], customMetrics: [] });
  });

  it('in code flushes, stops and leaves the process', async () => {
    const ended = await runNode(['in-code.mjs'], { cwd: project.folder, env: connected() });
    expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '0 0', stderr: '' });
    expect(monitor.rows('dependencies').map(row => [row.name, row.cloud_RoleName])).to.deep.equal([
      ['before the flush', 'in code'],
      ['before the shutdown', 'in code'],
    ]);
  });

  it('in code leaves another SDK alone', async () => {
    const env = { ...connected(), OTEL_LOG_LEVEL: 'warn' };
    expect(await runNode(['beside-another.mjs'], { cwd: project.folder, env })).to.deep.equal({
      code: 0,
      signal: null,
      stdout: '',
      stderr:
        'azure-monitor/start Nothing is sent to Azure Monitor. ' +
        'Another OpenTelemetry SDK runs in this process. Remove one of the two.\n',
    });
  });

  function endpoint(): string {
    return monitor.url.replace(/\/$/, '');
  }

  function connected(): Record<string, string> {
    return { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
  }

  function run(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    { cwd = project.folder, node = process.execPath } = {},
  ): Promise<ChildResult> {
    return runNode([...REGISTER, ...args], { cwd, env, node });
  }

  function expectAllSignals(): void {
    expectRows({ dependencies: ['step', 'work'], traces: ['half done'], customMetrics: ['done'] });
  }

  function expectRows(expected: Record<'dependencies' | 'traces' | 'customMetrics', string[]>): void {
    expect({
      dependencies: monitor.rows('dependencies').map(row => row.name),
      traces: monitor.rows('traces').map(row => row.message),
      customMetrics: monitor.rows('customMetrics').map(row => row.name),
    }).to.deep.equal(expected);
  }
});
