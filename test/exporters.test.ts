import { context, trace, SpanKind } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { InstrumentType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import {
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
  type ExporterStats,
} from '../src/index.ts';

const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'one' });

describe('the three exporters', () => {
  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  after(async () => {
    context.disable();
    await monitor.close();
  });
  beforeEach(() => monitor.clear());
  afterEach(() => monitor.assertClean());

  it('send a span with its exception', async () => {
    const exporter = new AzureMonitorTraceExporter({ connectionString: monitor.connectionString });
    const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
    const span = provider.getTracer('test').startSpan('checkout', { kind: SpanKind.SERVER });
    span.recordException(new RangeError('too many'));
    span.end();
    await provider.shutdown(); // A flush is content with what is on disk.
    const [request] = monitor.rows('requests');
    const [exception] = monitor.rows('exceptions');
    expect(request).to.include({
      name: 'checkout',
      success: 'True',
      cloud_RoleName: 'shop',
      cloud_RoleInstance: 'one',
    });
    expect(exception).to.include({ type: 'RangeError', message: 'too many', operation_Id: request?.operation_Id });
    expect(exception).to.include({ operation_ParentId: request?.id });
    expectConserved(exporter.stats());
  });

  it('send what a meter measured', async () => {
    const exporter = new AzureMonitorMetricExporter({ connectionString: monitor.connectionString });
    const provider = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter })] });
    const meter = provider.getMeter('test');
    meter.createCounter('orders').add(3, { city: 'Oslo' });
    const latency = meter.createHistogram('latency');
    for (const value of [4, 8]) latency.record(value);
    await provider.shutdown(); // A flush is content with what is on disk.
    const rows = monitor
      .rows('customMetrics')
      .map(({ name, valueSum, valueCount, valueMin, valueMax, customDimensions }) => ({
        name,
        values: [valueSum, valueCount, valueMin, valueMax],
        customDimensions,
      }));
    expect(rows).to.deep.equal([
      { name: 'orders', values: [3, 1, 3, 3], customDimensions: { city: 'Oslo' } },
      { name: 'latency', values: [12, 2, 4, 8], customDimensions: {} },
    ]);
    expectConserved(exporter.stats());
  });

  it('send log records, joined to the active span', async () => {
    const exporter = new AzureMonitorLogExporter({ connectionString: monitor.connectionString });
    const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
    const spanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    const active = trace.setSpanContext(context.active(), spanContext);
    provider
      .getLogger('test')
      .emit({ body: 'stock is low', severityNumber: 13, attributes: { sku: 42 }, context: active });
    await provider.shutdown(); // A flush is content with what is on disk.
    const [row] = monitor.rows('traces');
    expect(row).to.deep.include({
      message: 'stock is low',
      severityLevel: 2,
      customDimensions: { sku: '42' },
      operation_Id: '0af7651916cd43dd8448eb211c80319c',
      operation_ParentId: 'b7ad6b7169203331',
    });
    expectConserved(exporter.stats());
  });

  it('show the resource once per process when asked to', async () => {
    const connectionString = monitor.connectionString.replace(
      /=[0-9a-f-]{36}/,
      '=7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a',
    );
    const exporter = new AzureMonitorTraceExporter({ connectionString, includeResourceMetric: true });
    const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
    for (const name of ['one', 'two']) provider.getTracer('test').startSpan(name).end();
    await provider.shutdown(); // A flush is content with what is on disk.
    const rows = monitor.rows('customMetrics').map(({ name, customDimensions }) => ({ name, customDimensions }));
    expect(rows).to.deep.equal([
      { name: '_OTELRESOURCE_', customDimensions: { 'service.name': 'shop', 'service.instance.id': 'one' } },
    ]);
  });
});

describe('AzureMonitorMetricExporter', () => {
  const exporter = new AzureMonitorMetricExporter({
    connectionString: 'InstrumentationKey=7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a',
  });
  const DELTA = 0;
  const CUMULATIVE = 1;
  const expected: Record<InstrumentType, number> = {
    [InstrumentType.COUNTER]: DELTA,
    [InstrumentType.OBSERVABLE_COUNTER]: DELTA,
    [InstrumentType.HISTOGRAM]: DELTA,
    [InstrumentType.GAUGE]: DELTA,
    [InstrumentType.OBSERVABLE_GAUGE]: DELTA,
    [InstrumentType.UP_DOWN_COUNTER]: CUMULATIVE,
    [InstrumentType.OBSERVABLE_UP_DOWN_COUNTER]: CUMULATIVE,
  };
  for (const [type, temporality] of Object.entries(expected)) {
    it(`asks for ${temporality === DELTA ? 'delta' : 'cumulative'} points of a ${type}`, () => {
      expect(exporter.selectAggregationTemporality(type)).to.equal(temporality);
    });
  }
});

/** Every item that was created is somewhere. */
function expectConserved(stats: ExporterStats): void {
  const sum = (counts: object): number =>
    Object.values(counts).reduce((total: number, count: number) => total + count, 0);
  const { created, adopted, accepted, rejected, dropped, memoryItems, diskItems, yielded } = stats;
  expect(created).to.be.greaterThan(0);
  expect(created + adopted).to.equal(accepted + sum(rejected) + sum(dropped) + memoryItems + diskItems + yielded);
}
