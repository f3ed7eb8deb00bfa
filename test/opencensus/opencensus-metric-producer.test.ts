import { expect } from 'chai';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type MetricProducer as SdkMetricProducer,
} from '@opentelemetry/sdk-metrics';
import { CountAggregation } from '../../src/opencensus/aggregation.ts';
import { LongGauge } from '../../src/opencensus/gauge.ts';
import { MeasureInt } from '../../src/opencensus/measure.ts';
import { Registry } from '../../src/opencensus/metric-registry.ts';
import { OpenCensusMetricProducer } from '../../src/opencensus/opencensus-metric-producer.ts';
import { Stats, stats } from '../../src/opencensus/stats.ts';
import { View } from '../../src/opencensus/view.ts';

describe('OpenCensusMetricProducer', () => {
  it('gives a reader all since the start', async () => {
    expect(await valuesRead('cumulative')).to.deep.equal([[2], [3], [3]]);
  });

  it('gives a reader what is new, when it is asked to', async () => {
    expect(await valuesRead('delta')).to.deep.equal([[2], [1]]);
  });

  it('reads the stats of the process unless it is told otherwise', async () => {
    const prompts = new MeasureInt('producer test', '');
    stats.viewManager.registerView(new View('producer test view', '', [], prompts, new CountAggregation()));
    const map = stats.statsRecorder.newMeasurementMap();
    map.measureIntPut(prompts, 1);
    map.record();
    const { resourceMetrics, errors } = await new OpenCensusMetricProducer().collect();
    const names = resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
      metrics.map(({ descriptor }) => descriptor.name),
    );
    expect(names).to.include('producer test view');
    expect(errors).to.deep.equal([]);
  });

  it('gives the metrics of the others when one producer throws', async () => {
    const registry = new Registry();
    const gauge = new LongGauge('queue', '', null);
    gauge.getOrCreateDefaultTimeSeries().set(3);
    registry.addGauge(gauge);
    const broken = {
      getMetrics: () => {
        throw new Error('broken');
      },
    };
    const producer = new OpenCensusMetricProducer({ metricProducers: [broken, registry] });
    const { resourceMetrics, errors } = await producer.collect();
    expect(resourceMetrics.scopeMetrics[0]?.metrics.map(({ descriptor }) => descriptor.name)).to.deep.equal(['queue']);
    expect(errors.map(String)).to.deep.equal(['Error: broken']);
  });

  it('gives an empty resource that can be merged', async () => {
    const { resource } = (await new OpenCensusMetricProducer({ metricProducers: [] }).collect()).resourceMetrics;
    const other = { ...resource };
    expect([resource.merge(null), resource.merge(other), resource.getRawAttributes()]).to.deep.equal([
      resource,
      other,
      [],
    ]);
  });
});

/** Reads stats three times through the SDK: after two records, after one more, and after none. */
async function valuesRead(temporality: 'cumulative' | 'delta'): Promise<unknown[][]> {
  const ownStats = new Stats();
  const { viewManager, statsRecorder } = ownStats;
  const prompts = new MeasureInt('prompts', '');
  viewManager.registerView(new View('prompt view', '', [], prompts, new CountAggregation()));
  const map = statsRecorder.newMeasurementMap();
  map.measureIntPut(prompts, 1);

  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const producer: SdkMetricProducer = new OpenCensusMetricProducer({ metricProducers: [ownStats], temporality });
  const reader = new PeriodicExportingMetricReader({ exporter, metricProducers: [producer] });
  const provider = new MeterProvider({ readers: [reader] });
  for (const times of [2, 1, 0]) {
    for (let i = 0; i < times; i += 1) map.record();
    await provider.forceFlush();
  }
  const read = exporter
    .getMetrics()
    .map(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) => metrics.flatMap(({ dataPoints }) => dataPoints.map(point => point.value))),
    );
  await provider.shutdown();
  return read.slice(0, 3).filter(values => values.length > 0);
}
