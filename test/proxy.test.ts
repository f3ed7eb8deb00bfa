import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AzureMonitorTraceExporter } from '../src/index.ts';
import { ConnectProxy } from './connect-proxy.ts';
import { nodeForOpenTelemetry3, runNode } from './journey/child.ts';
import { makeProject, type Project } from './journey/project.ts';

describe('behind a proxy', function () {
  this.timeout(180_000);

  let monitor: LocalMonitor;
  let proxy: ConnectProxy;
  let connectionString: string;
  let target: string;
  beforeEach(async () => {
    monitor = await startLocalMonitor();
    proxy = await ConnectProxy.start();
    target = new URL(monitor.url).host.replace('127.0.0.1', 'localhost');
    connectionString = monitor.connectionString.replace(monitor.url, `https://${target}`);
  });
  afterEach(async () => {
    await monitor.close();
    await proxy.close();
  });

  describe('given an agent', () => {
    let storageDirectory: string;
    beforeEach(async () => (storageDirectory = await mkdtemp(path.join(tmpdir(), 'azure-monitor-proxy-'))));
    afterEach(() => rm(storageDirectory, { recursive: true }));

    async function sendAs(password: string): Promise<AzureMonitorTraceExporter> {
      const agent = new HttpsProxyAgent(proxy.urlFor('user', password));
      Object.assign(agent.options, { ca: await readFile(monitor.caFile) }); // Its own options are about the proxy.
      const exporter = new AzureMonitorTraceExporter({ connectionString, agent, storageDirectory });
      const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
      provider.getTracer('app').startSpan('through the proxy').end();
      await exporter.forceFlush();
      await exporter.shutdown();
      return exporter;
    }

    it('sends through it, with TLS and a private CA', async () => {
      const exporter = await sendAs('secret');
      expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['through the proxy']);
      expect(proxy.asked).to.deep.equal([{ target, authorization: 'Basic dXNlcjpzZWNyZXQ=' }]);
      expect(exporter.stats()).to.include({ accepted: 1 });
    });

    it('takes the refusal of a proxy for a passing fault, and does not repeat the password', async () => {
      const exporter = await sendAs('wrong-password');
      expect(exporter.stats()).to.include({ accepted: 0, diskItems: 1 });
      expect(exporter.stats().lastError).not.to.equal(undefined);
      const files = await readdir(storageDirectory, { recursive: true });
      expect(files.filter(file => file.endsWith('.q'))).to.have.length(1);
      expect(JSON.stringify(exporter.stats())).not.to.include('wrong-password');
    });
  });

  describe('given HTTPS_PROXY, on a Node.js that knows proxies', () => {
    let project: Project;
    let node: string;
    before(async () => {
      project = await makeProject('otel2');
      node = await nodeForOpenTelemetry3();
    });
    after(() => project.remove());

    function sendWith(env: Record<string, string>): ReturnType<typeof runNode> {
      return runNode(['given-exporters.mjs', 'azure-monitor-bridge'], {
        cwd: project.folder,
        node,
        env: {
          APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
          NODE_EXTRA_CA_CERTS: monitor.caFile,
          HTTPS_PROXY: proxy.urlFor('user', 'secret'),
          ...env,
        },
      });
    }

    it('sends through it', async () => {
      expect(await sendWith({})).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
      expect(monitor.rows('requests')).to.have.length(1);
      expect(new Set(proxy.asked.map(tunnel => tunnel.target))).to.deep.equal(new Set([target]));
    });

    it('sends past it where NO_PROXY says so', async () => {
      expect(await sendWith({ NO_PROXY: 'localhost' })).to.deep.equal({
        code: 0,
        signal: null,
        stdout: '',
        stderr: '',
      });
      expect(monitor.rows('requests')).to.have.length(1);
      expect(proxy.asked).to.deep.equal([]);
    });
  });
});
