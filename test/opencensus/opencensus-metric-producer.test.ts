import { expect } from 'chai';
import fc from 'fast-check';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type MetricProducer as SdkMetricProducer,
} from '@opentelemetry/sdk-metrics';
import { CountAggregation, DistributionAggregation, SumAggregation } from '../../src/opencensus/aggregation.ts';
import { LongGauge } from '../../src/opencensus/gauge.ts';
import { MeasureInt } from '../../src/opencensus/measure.ts';
import { Registry } from '../../src/opencensus/metric-registry.ts';
import { OpenCensusMetricProducer } from '../../src/opencensus/opencensus-metric-producer.ts';
import { Stats, stats } from '../../src/opencensus/stats.ts';
import { TagMap } from '../../src/opencensus/tag-map.ts';
import { View } from '../../src/opencensus/view.ts';

describe('OpenCensusMetricProducer', () => {
  it('gives a reader all since the start', async () => {
    expect(await valuesRead('cumulative')).to.deep.equal([[2], [3], [3]]);
  });

  it('gives a reader what is new, when it is asked to', async () => {
    expect(await valuesRead('delta')).to.deep.equal([[2], [1]]);
  });

  it('gives deltas that add up to all since the start', async () => {
    const step = fc.oneof(fc.constant('read' as const), fc.tuple(fc.constantFrom('a', 'b', null), fc.nat(20)));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const [added, all] = await readAlong(steps);
        expect(added).to.deep.equal(all);
      }),
    );
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

type Step = 'read' | [user: string | null, value: number];

/** Records and reads; gives by series the counts and whole sums of all deltas together, and those since the start. */
async function readAlong(steps: readonly Step[]): Promise<Record<string, number[]>[]> {
  const ownStats = new Stats();
  const measure = new MeasureInt('m', '');
  for (const aggregation of [new SumAggregation(), new CountAggregation(), new DistributionAggregation([5, 10])])
    ownStats.viewManager.registerView(new View('one name', '', ['user'], measure, aggregation));
  const delta = new OpenCensusMetricProducer({ metricProducers: [ownStats], temporality: 'delta' });
  const added: Record<string, number[]> = {};
  for (const step of [...steps, 'read' as const]) {
    if (step === 'read') await addUp(delta, added);
    else recordFor(ownStats, measure, ...step);
  }
  const all: Record<string, number[]> = {};
  await addUp(new OpenCensusMetricProducer({ metricProducers: [ownStats] }), all);
  return [added, all];
}

function recordFor(ownStats: Stats, measure: MeasureInt, user: string | null, value: number): void {
  const map = ownStats.statsRecorder.newMeasurementMap();
  map.measureIntPut(measure, value);
  map.record(new TagMap(user === null ? [] : [['user', user]]));
}

async function addUp(producer: OpenCensusMetricProducer, sums: Record<string, number[]>): Promise<void> {
  const { resourceMetrics } = await producer.collect();
  for (const { descriptor, dataPointType, dataPoints } of resourceMetrics.scopeMetrics.flatMap(
    ({ metrics }) => metrics,
  ))
    for (const { attributes, value } of dataPoints) {
      const key = JSON.stringify([descriptor.name, dataPointType, attributes]);
      const numbers =
        typeof value === 'number' ? [value] : [value.count, Math.round(value.sum), ...value.buckets.counts];
      sums[key] = numbers.map((number, i) => number + (sums[key]?.[i] ?? 0));
    }
}
