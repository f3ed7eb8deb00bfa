import { SpanKind, context, metrics, propagation, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { TABLES } from '../src/tables.ts';
import { request as item } from './sample-items.ts';
import { post } from './sender.ts';

/* The examples of docs/local-monitor.md stand here as they stand there; the last test of this file compares them. */

describe('an order', () => {
  let monitor: LocalMonitor;
  let sdk: NodeSDK;

  before(async () => {
    monitor = await startLocalMonitor(); // a free port
    const exporter = new AzureMonitorTraceExporter({ connectionString: monitor.connectionString });
    sdk = new NodeSDK({ serviceName: 'shop', spanProcessors: [new SimpleSpanProcessor(exporter)] });
    sdk.start();
  });
  afterEach(() => monitor.clear());
  after(async () => {
    await sdk.shutdown();
    await monitor.close();
  });

  it('is a request of its own', async () => {
    trace.getTracer('shop').startSpan('POST /orders', { kind: SpanKind.SERVER }).end();

    const [request] = await monitor.waitFor('requests', row => row.name === 'POST /orders');
    equal(request?.cloud_RoleName, 'shop');
    equal(request?.success, 'True');
    monitor.assertClean(); // nothing that Azure would refuse, cut or show oddly
  });
});

describe('docs/local-monitor.md', () => {
  // The example above registered the whole process with OpenTelemetry.
  before(() => {
    for (const api of [trace, context, propagation, metrics]) api.disable();
  });

  const page = readFileSync(new URL('../../docs/local-monitor.md', import.meta.url), 'utf8');
  const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

  const arrival = async (monitor: LocalMonitor, requests: number): Promise<void> => {
    while (monitor.received().requests < requests) await setImmediate();
  };

  it('shows faults that work as it says', async () => {
    const monitor = await startLocalMonitor();
    const other = await startLocalMonitor();
    monitor.failNext({ status: 429, retryAfterSeconds: 2, times: 3 });
    monitor.failNext([
      { status: 503, delayMillis: 500 },
      {}, // a request that goes well
      { reset: 'after-body', keep: true }, // taken, but the answer is lost: the sender will send again
      { hang: 'before-body' }, // silence until the sender gives up
      { status: 308, headers: { location: `${other.url}/v2.1/track` } },
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Sign in</p>' },
      { partial: [{ index: 0, statusCode: 500 }] },
      { partial: 'index-missing' },
    ]);
    const outcomes: (number | string)[] = [];
    for (let turn = 0; turn < 11; turn += 1) {
      const sending = post(monitor.url, [item()], turn === 6 ? { leaveAfter: arrival(monitor, 7) } : {});
      outcomes.push(await sending.then(({ status }) => status, String));
    }
    const { requests, items, unique, duplicates, missing } = monitor.received();
    expect(outcomes.slice(0, 5)).to.deep.equal([429, 429, 429, 503, 200]);
    expect(outcomes.slice(7)).to.deep.equal([308, 200, 206, 206]);
    expect(outcomes.slice(5, 7).join()).to.match(/^Error: (?:socket hang up|read ECONNRESET),Error: The sender left$/);
    expect({ requests, items, unique, duplicates, missing }).to.deep.equal({
      requests: 11,
      items: 2,
      unique: 1,
      duplicates: 1,
      missing: 0,
    });
    await Promise.all([monitor.close(), other.close()]);
  });

  it('lists the columns of each table', () => {
    for (const [name, { workspace, columns }] of Object.entries(TABLES)) {
      const classic = columns.flatMap(column => ('classic' in column ? [column.classic] : []));
      expect(flat(page)).to.contain(`| \`${name}\` | \`${workspace}\` | ${classic.join(', ')} |`);
    }
  });

  it('holds no example that is not run here', () => {
    const tests = flat(readFileSync(new URL(import.meta.url), 'utf8'));
    const examples = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = '']) => code);
    expect(examples).to.have.lengthOf(3);
    const parts = examples.flatMap(code => code.split(/^(?=describe)/m));
    for (const part of parts.slice(1)) expect(tests).to.contain(flat(part));
    const imports = parts[0]?.split('\n').filter(line => line !== '') ?? [];
    const known = tests.replace('SpanKind, context, metrics, propagation, trace', 'SpanKind, trace');
    for (const line of imports) expect(known).to.contain(line);
  });
});
