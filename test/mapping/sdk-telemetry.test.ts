import assert from 'node:assert/strict';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { SeverityNumber, type LogRecord } from '@opentelemetry/api-logs';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { metricPoints } from '../../src/mapping/metric.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope, pointToEnvelopes } from './envelopes.ts';

const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'shop-1' });

/** The SDK reads the clock itself, which must not seem to be ahead. */
const context = { ...mappingContext(), nowMillis: Date.UTC(2100, 0, 1) };

describe("what OpenTelemetry's SDK makes of a log record", () => {
  it('becomes a message with all that was said', () => {
    const spanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    const envelope = emitted({
      timestamp: [1_795_348_800, 250_000_000],
      severityNumber: SeverityNumber.WARN2,
      body: { left: 2, raw: new Uint8Array([1, 2]), none: null },
      eventName: 'stock.low',
      attributes: { sku: 'a-1', nested: { list: [1, 'two', true] } },
      context: trace.setSpanContext(ROOT_CONTEXT, spanContext),
    });
    assert.deepStrictEqual(envelope, {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Message',
      time: '2026-11-22T12:00:00.250Z',
      sampleRate: 100,
      iKey: '11111111-2222-3333-4444-555555555555',
      tags: {
        'ai.cloud.role': 'shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
        'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
        'ai.operation.parentId': 'b7ad6b7169203331',
      },
      data: {
        baseType: 'MessageData',
        baseData: {
          ver: 2,
          message: '{"left":2,"raw":"AQI=","none":null}',
          severityLevel: 'Warning',
          properties: { 'event.name': 'stock.low', sku: 'a-1', nested: '{"list":[1,"two",true]}' },
        },
      },
    });
  });

  it('becomes the exception that was given with it', () => {
    const exception = Object.assign(new RangeError('no card'), {
      stack: 'RangeError: no card\n    at pay (/a.js:1:2)',
    });
    const { data } = emitted({ body: 'payment failed', severityNumber: SeverityNumber.ERROR, exception });
    assert.deepStrictEqual(data, {
      baseType: 'ExceptionData',
      baseData: {
        ver: 2,
        exceptions: [
          {
            typeName: 'RangeError',
            message: 'no card',
            hasFullStack: true,
            stack: 'RangeError: no card\n    at pay (/a.js:1:2)',
            parsedStack: [{ level: 0, method: 'pay', assembly: 'at pay (/a.js:1:2)', fileName: '/a.js', line: 1 }],
          },
        ],
        severityLevel: 'Error',
        properties: { 'Logger Message': 'payment failed' },
      },
    });
  });

  it('becomes the exception even if a text was thrown', () => {
    assert.deepStrictEqual(emitted({ exception: 'no card' }).data, {
      baseType: 'ExceptionData',
      baseData: { ver: 2, exceptions: [{ typeName: 'Error', message: 'no card', hasFullStack: false }] },
    });
  });
});

describe("what OpenTelemetry's SDK makes of metrics", () => {
  it('becomes a row for each data point', async () => {
    const reader = new ManualReader();
    const views = [
      { instrumentName: 'latency', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const },
    ];
    const provider = new MeterProvider({ resource, readers: [reader], views });
    const meter = provider.getMeter('test');
    for (const value of [1, 3]) meter.createHistogram('latency').record(value);
    meter.createCounter('orders').add(3, { city: 'Oslo' });
    meter.createUpDownCounter('carts').add(-1);
    meter.createGauge('temperature').record(21.5);
    for (const value of [2, 4.5]) meter.createHistogram('size').record(value);
    const { resourceMetrics } = await reader.collect();
    const envelopes = [...metricPoints(resourceMetrics)].flatMap(point => pointToEnvelopes(point, context));
    assert.deepStrictEqual(
      envelopes.map(({ data }) => data.baseData),
      [
        { ver: 2, metrics: [{ name: 'latency', kind: 'Aggregation', value: 4, count: 2, min: 1, max: 3 }] },
        {
          ver: 2,
          metrics: [{ name: 'orders', kind: 'Aggregation', value: 3, count: 1 }],
          properties: { city: 'Oslo' },
        },
        { ver: 2, metrics: [{ name: 'carts', kind: 'Aggregation', value: -1, count: 1 }] },
        { ver: 2, metrics: [{ name: 'temperature', kind: 'Aggregation', value: 21.5, count: 1 }] },
        { ver: 2, metrics: [{ name: 'size', kind: 'Aggregation', value: 6.5, count: 2, min: 2, max: 4.5 }] },
      ],
    );
    await provider.shutdown();
  });
});

function emitted(record: LogRecord): ReturnType<typeof logToEnvelope> {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('test').emit(record);
  const [finished] = exporter.getFinishedLogRecords();
  assert.ok(finished);
  return logToEnvelope(finished, context);
}

class ManualReader extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}
