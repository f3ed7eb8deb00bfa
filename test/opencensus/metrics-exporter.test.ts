import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { CountAggregation, DistributionAggregation } from '../../src/opencensus/aggregation.ts';
import type { EitherCase } from '../../src/opencensus/azure-options.ts';
import { LongGauge } from '../../src/opencensus/gauge.ts';
import { MeasureFloat } from '../../src/opencensus/measure.ts';
import { Registry } from '../../src/opencensus/metric-registry.ts';
import {
  newMetricsExporter,
  type MetricsExporter,
  type MetricsExporterOptions,
} from '../../src/opencensus/metrics-exporter.ts';
import { stats } from '../../src/opencensus/stats.ts';
import { TagMap } from '../../src/opencensus/tag-map.ts';
import { View } from '../../src/opencensus/view.ts';
import { warningsOf } from './captured-warnings.ts';

// The exporter reads the stats of this process, which other tests fill too: these are ours.
const measure = new MeasureFloat('exported measure', '', 'ms');
const COUNT = 'exported count';
const SPREAD = 'exported spread';

describe('newMetricsExporter', () => {
  let monitor: LocalMonitor;
  let exporter: MetricsExporter | undefined;
  before(async () => {
    monitor = await startLocalMonitor();
    stats.viewManager.registerView(new View(COUNT, '', ['method'], measure, new CountAggregation()));
    stats.viewManager.registerView(new View(SPREAD, '', [], measure, new DistributionAggregation([5, 10])));
    record(2, 'GET');
    record(7, 'PUT');
  });
  beforeEach(() => monitor.clear());
  afterEach(async () => {
    await exporter?.shutdown();
    monitor.assertClean();
  });
  after(() => monitor.close());

  it('sends each time series as a row, distributions too', async () => {
    exporter = makeExporter();
    await exporter.forceFlush();
    expect(rowsOf(COUNT)).to.deep.equal([
      { value: 1, valueCount: 1, valueSum: 1, valueMin: 1, valueMax: 1, customDimensions: { method: 'GET' } },
      { value: 1, valueCount: 1, valueSum: 1, valueMin: 1, valueMax: 1, customDimensions: { method: 'PUT' } },
    ]);
    expect(rowsOf(SPREAD)).to.deep.equal([
      { value: 9, valueCount: 2, valueSum: 9, valueMin: 2, valueMax: 7, customDimensions: {} },
    ]);
  });

  it('sends all that was added up, each time', async () => {
    exporter = makeExporter();
    await exporter.forceFlush();
    await exporter.forceFlush();
    expect(rowsOf(SPREAD).map(row => row.valueCount)).to.deep.equal([2, 2]);
  });

  it('sends what was added since the last time, when it is asked to', async () => {
    exporter = makeExporter({ temporality: 'delta' });
    await exporter.forceFlush();
    record(12, 'GET');
    await exporter.forceFlush();
    await exporter.forceFlush();
    expect(rowsOf(SPREAD).map(row => [row.valueCount, row.valueSum])).to.deep.equal([
      [2, 9],
      [1, 12],
    ]);
    expect(rowsOf(COUNT).map(row => [row.customDimensions, row.value])).to.deep.equal([
      [{ method: 'GET' }, 1],
      [{ method: 'PUT' }, 1],
      [{ method: 'GET' }, 1],
    ]);
  });

  it('sends at its interval', async () => {
    exporter = makeExporter({ export_interval: 0.05 });
    const rows = await monitor.waitFor('customMetrics', row => row.name === SPREAD, { count: 2 });
    expect(rows.map(row => row.valueCount)).to.deep.equal([3, 3]);
  });

  it('sends what other producers have', async () => {
    const registry = new Registry();
    const gauge = new LongGauge('queue', 'jobs waiting', 'jobs', ['name']);
    registry.addGauge(gauge);
    gauge.getOrCreateTimeSeries(['mail']).set(3);
    exporter = makeExporter({ metricProducers: [registry] });
    await exporter.forceFlush();
    expect(rowsOf('queue').map(row => [row.value, row.customDimensions])).to.deep.equal([[3, { name: 'mail' }]]);
  });

  it('lets telemetry processors change and drop rows', async () => {
    exporter = makeExporter({ onEnvelope: envelope => envelope.data.baseType === 'MetricData' });
    exporter.addTelemetryProcessor(({ tags, data }) => {
      tags['ai.cloud.role'] = 'prompter';
      return JSON.stringify(data).includes(COUNT) ? false : undefined;
    });
    await exporter.forceFlush();
    expect(rowsOf(COUNT)).to.deep.equal([]);
    expect(monitor.rows('customMetrics').find(row => row.name === SPREAD)?.cloud_RoleName).to.equal('prompter');
    exporter.clearTelemetryProcessors();
    monitor.clear();
    await exporter.forceFlush();
    expect(rowsOf(COUNT)).to.have.length(2);
  });

  it('keeps what a telemetry processor throws on', async () => {
    exporter = makeExporter();
    exporter.addTelemetryProcessor(() => {
      throw new Error('broken');
    });
    await exporter.forceFlush();
    expect([rowsOf(COUNT).length, rowsOf(SPREAD).length]).to.deep.equal([2, 1]);
  });

  it('may be registered with the view manager, which changes nothing', async () => {
    exporter = makeExporter();
    stats.viewManager.registerExporter(exporter);
    expect(warningsOf(() => record(1, 'GET'))).to.deep.equal([]);
    stats.viewManager.unregisterExporter(exporter);
    await exporter.forceFlush();
    expect(rowsOf(SPREAD).map(row => row.valueCount)).to.deep.equal([4]);
  });

  it('sends a last time when it is shut down, once', async () => {
    exporter = makeExporter();
    await Promise.all([exporter.shutdown(), exporter.shutdown()]);
    expect(rowsOf(SPREAD)).to.have.length(1);
  });

  it('sends a last time at the end of its block', async () => {
    {
      await using ofBlock = makeExporter();
      ofBlock.clearTelemetryProcessors();
    }
    expect(rowsOf(SPREAD)).to.have.length(1);
  });

  it('wants to know where to send', () => {
    expect(() => newMetricsExporter({ connectionString: 'nonsense' })).to.throw('connectionString: expected');
    expect(() => newMetricsExporter({ connectionString: monitor.connectionString, exportInterval: 0 })).to.throw(
      RangeError,
      'exportInterval: expected seconds above 0',
    );
  });

  function makeExporter(options: EitherCase<MetricsExporterOptions> = {}): MetricsExporter {
    return newMetricsExporter({
      connection_string: monitor.connectionString,
      enable_local_storage: false,
      export_interval: 3600,
      ...options,
    });
  }

  function rowsOf(name: string) {
    return monitor
      .rows('customMetrics')
      .filter(row => row.name === name)
      .map(({ value, valueCount, valueSum, valueMin, valueMax, customDimensions }) => ({
        value,
        valueCount,
        valueSum,
        valueMin,
        valueMax,
        customDimensions,
      }));
  }
});

function record(value: number, method: string): void {
  const map = stats.statsRecorder.newMeasurementMap();
  map.measureFloatPut(measure, value);
  map.record(new TagMap([['method', method]]));
}
