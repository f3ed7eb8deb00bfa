import { TraceFlags } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOffSampler, BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { mock } from 'node:test';
import {
  AzureMonitorSpanProcessor,
  AzureMonitorTraceExporter,
  type AzureMonitorExporterOptions,
} from '../../src/index.ts';
import { makeSpan, type SpanParts } from '../mapping/make-span.ts';

const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'one' });

describe('AzureMonitorSpanProcessor', () => {
  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor();
  });
  after(() => monitor.close());
  beforeEach(() => monitor.clear());
  afterEach(() => monitor.assertClean());

  it('sends what the exporter sends of the same span', async () => {
    const exporter = new AzureMonitorTraceExporter(options());
    const processor = new AzureMonitorSpanProcessor(options());
    const provider = new BasicTracerProvider({
      resource,
      spanProcessors: [processor, new SimpleSpanProcessor(exporter)],
    });
    const span = provider.getTracer('test').startSpan('checkout', { kind: 1, attributes: { 'order.id': 7 } });
    span.recordException(new RangeError('too many'));
    span.end();
    await provider.shutdown();
    for (const table of ['requests', 'exceptions'] as const) {
      const [one, other, ...more] = monitor.rows(table).map(({ itemId: _, ...row }) => row);
      expect(one).to.include({ cloud_RoleName: 'shop', operation_Name: 'checkout' });
      expect(other).to.deep.equal(one);
      expect(more).to.deep.equal([]);
    }
  });

  it('leaves out what is not sampled', async () => {
    const processor = new AzureMonitorSpanProcessor(options());
    const provider = new BasicTracerProvider({ sampler: new AlwaysOffSampler(), spanProcessors: [processor] });
    provider.getTracer('test').startSpan('ignored').end();
    const context = { ...makeSpan().spanContext(), traceFlags: TraceFlags.NONE };
    processor.onEnd(makeSpan({ spanContext: () => context }));
    await processor.shutdown();
    expect(processor.stats().created).to.equal(0);
  });

  it('sends without being asked once half a megabyte has been gathered', async () => {
    const processor = new AzureMonitorSpanProcessor(options());
    processor.onEnd(freshSpan({ name: 'small' }));
    expect(processor.stats().created).to.equal(0);
    processor.onEnd(freshSpan({ name: 'large', attributes: wideAttributes() }));
    expect(processor.stats().created).to.equal(0);
    processor.onEnd(freshSpan({ name: 'large', attributes: wideAttributes() }));
    expect(processor.stats().created).to.equal(3);
    await processor.shutdown();
    expect(monitor.rows('dependencies').map(({ name }) => name)).to.deep.equal(['small', 'large', 'large']);
  });

  it('loses what comes faster than it can go, past eight megabytes, and takes more once that is gone', async () => {
    const processor = new AzureMonitorSpanProcessor(options());
    for (let made = 0; made < 40; made += 1) processor.onEnd(freshSpan({ attributes: wideAttributes() }));
    expect(processor.stats().dropped).to.deep.equal({ memory: 8 });
    await processor.forceFlush();
    processor.onEnd(freshSpan());
    await processor.shutdown();
    expect(processor.stats()).to.deep.include({ created: 41, accepted: 33, dropped: { memory: 8 } });
  });

  it('sends what has waited for five seconds', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const processor = new AzureMonitorSpanProcessor(options());
    processor.onEnd(freshSpan());
    mock.timers.tick(4999);
    const before = processor.stats().created;
    mock.timers.tick(1);
    mock.timers.reset();
    expect([before, processor.stats().created]).to.deep.equal([0, 1]);
    await processor.shutdown();
    expect(monitor.rows('dependencies')).to.have.length(1);
  });

  it('waits for a resource that is still being looked up, with 2,048 spans at most', async () => {
    let found: () => void = () => undefined;
    const lookup = new Promise<void>(resolve => (found = resolve));
    const pending = { attributes: { 'service.name': 'early' }, asyncAttributesPending: true };
    const late = Object.assign(pending, { waitForAsyncAttributes: () => lookup });
    const processor = new AzureMonitorSpanProcessor(options());
    for (let made = 0; made < 2050; made += 1) processor.onEnd(freshSpan({ resource: late }));
    Object.assign(pending, { attributes: { 'service.name': 'late' }, asyncAttributesPending: false });
    found();
    await processor.shutdown();
    expect(processor.stats()).to.deep.include({ created: 2050, accepted: 2048, dropped: { memory: 2 } });
    expect(new Set(monitor.rows('dependencies').map(row => row.cloud_RoleName))).to.deep.equal(new Set(['late']));
  });

  it('never throws, and loses what is no span and nothing else', async () => {
    const processor = new AzureMonitorSpanProcessor(options());
    for (const nothing of [undefined, null, 7, {}]) processor.onEnd(nothing as never);
    processor.onEnd(freshSpan({ kind: 99 }));
    processor.onEnd(freshSpan());
    await processor.shutdown();
    expect(processor.stats()).to.deep.include({ created: 6, accepted: 1, dropped: { unconvertible: 5 } });
  });

  it('shows every row to the hook before it becomes bytes', async () => {
    const processor = new AzureMonitorSpanProcessor({
      ...options(),
      onEnvelope: ({ data }) => ('name' in data.baseData ? data.baseData.name !== 'secret' : true),
    });
    for (const name of ['secret', 'open']) processor.onEnd(freshSpan({ name }));
    await processor.shutdown();
    expect(monitor.rows('dependencies').map(({ name }) => name)).to.deep.equal(['open']);
    expect(processor.stats().dropped).to.deep.equal({ hook: 1 });
  });

  it('sends on a flush, and counts spans after the shutdown as lost', async () => {
    const processor = new AzureMonitorSpanProcessor(options());
    processor.onEnd(freshSpan({ name: 'first' }));
    await processor.forceFlush();
    expect(monitor.rows('dependencies').map(({ name }) => name)).to.deep.equal(['first']);
    await processor.shutdown();
    processor.onEnd(freshSpan({ name: 'late' }));
    expect(processor.stats()).to.deep.include({ created: 2, accepted: 1, dropped: { shutdown: 1 } });
  });

  /** A span of now: {@link LocalMonitor.assertClean} is about what is older than 48 hours, too. */
  function freshSpan(parts?: SpanParts): ReturnType<typeof makeSpan> {
    return makeSpan({ startTime: [Math.floor(Date.now() / 1000), 0], ...parts });
  }

  /** A quarter of a megabyte. */
  function wideAttributes(): Record<string, string> {
    return Object.fromEntries(Array.from({ length: 32 }, (_, part) => [`part.${part}`, 'x'.repeat(8192)]));
  }

  /** No disk, so that a flush waits for the answer. */
  function options(): AzureMonitorExporterOptions {
    return { connectionString: monitor.connectionString, disableOfflineStorage: true };
  }
});
