import { expect } from 'chai';
import { DeltaMemory } from '../../src/opencensus/delta-memory.ts';
import { LabelKey, MetricDescriptor, MetricDescriptorType } from '../../src/opencensus/metric-descriptor.ts';
import { Metric, Point, TimeSeries } from '../../src/opencensus/metric.ts';
import { ValueDistribution, ValueDouble, ValueLong, type MetricValue } from '../../src/opencensus/metric-value.ts';
import { toMetricData, type MetricData } from '../../src/opencensus/opentelemetry-metrics.ts';

const START = '2026-11-22T15:00:00.500000Z';
const AT = new Date('2026-11-22T15:00:15.250Z');
const START_TIME = [1795359600, 500_000_000];
const END_TIME = [1795359615, 250_000_000];

describe('toMetricData', () => {
  it('makes a sum of a cumulative', () => {
    const metric = metricOf(MetricDescriptorType.CUMULATIVE_INT64, [[['GET', null], new ValueLong(5), START]]);
    expect(toMetricData(metric)).to.deep.equal({
      descriptor: { name: 'calls', description: 'all calls', unit: '1', valueType: 0 },
      aggregationTemporality: 1,
      dataPointType: 3,
      isMonotonic: true,
      dataPoints: [{ startTime: START_TIME, endTime: END_TIME, attributes: { method: 'GET' }, value: 5 }],
    });
  });

  it('makes a gauge of a gauge', () => {
    const metric = metricOf(MetricDescriptorType.GAUGE_DOUBLE, [[['GET', 'shop'], new ValueDouble(0.5), null]], null);
    expect(toMetricData(metric)).to.deep.equal({
      descriptor: { name: 'calls', description: 'all calls', unit: '', valueType: 1 },
      aggregationTemporality: 1,
      dataPointType: 2,
      dataPoints: [{ startTime: END_TIME, endTime: END_TIME, attributes: { method: 'GET', host: 'shop' }, value: 0.5 }],
    });
  });

  it('makes a histogram of a distribution', () => {
    const distribution = distributionOf([0.5, 2.5], [1, 5], [1, 1, 0]);
    const metric = metricOf(MetricDescriptorType.CUMULATIVE_DISTRIBUTION, [[[null, null], distribution, START]]);
    expect(toMetricData(metric)).to.deep.equal({
      descriptor: { name: 'calls', description: 'all calls', unit: '1', valueType: 1 },
      aggregationTemporality: 1,
      dataPointType: 0,
      dataPoints: [
        {
          startTime: START_TIME,
          endTime: END_TIME,
          attributes: {},
          value: { count: 2, sum: 3, min: 0.5, max: 2.5, buckets: { boundaries: [1, 5], counts: [1, 1, 0] } },
        },
      ],
    });
  });

  it('makes a single bucket of a distribution without histogram, and leaves out ends that are not known', () => {
    const distribution = new ValueDistribution({
      count: 2,
      sum: 3,
      sumOfSquaredDeviation: 2,
      bounds: null,
      buckets: null,
    });
    const metric = metricOf(MetricDescriptorType.CUMULATIVE_DISTRIBUTION, [[[null, null], distribution, START]]);
    expect(toMetricData(metric).dataPoints[0]?.value).to.deep.equal({
      count: 2,
      sum: 3,
      buckets: { boundaries: [], counts: [2] },
    });
  });

  it('leaves out values that are not of the type of their metric', () => {
    const distribution = distributionOf([1], [], []);
    const sum = metricOf(MetricDescriptorType.CUMULATIVE_INT64, [[[null, null], distribution, START]]);
    const spread = metricOf(MetricDescriptorType.CUMULATIVE_DISTRIBUTION, [[[null, null], new ValueLong(1), START]]);
    expect([sum, spread].map(metric => toMetricData(metric).dataPoints)).to.deep.equal([[], []]);
  });
});

describe('DeltaMemory', () => {
  const LATER = new Date('2026-11-22T15:00:30.250Z');
  const LATER_TIME = [1795359630, 250_000_000];

  it('gives all at first, then what was added, then nothing', () => {
    const read = sumReader();
    expect(read(2, AT)).to.deep.include({ aggregationTemporality: 0 });
    expect(read(5, LATER)?.dataPoints).to.deep.equal([
      { startTime: END_TIME, endTime: LATER_TIME, attributes: { method: 'GET' }, value: 3 },
    ]);
    expect(read(5, LATER)).to.equal(undefined);
  });

  it('gives all again after a new start', () => {
    const read = sumReader();
    read(5, AT);
    expect(valuesOf(read(7, LATER, '2026-11-22T15:00:20.000000Z'))).to.deep.equal([7]);
  });

  it('gives all again when a value became smaller', () => {
    const read = sumReader();
    read(5, AT);
    expect(valuesOf(read(3, LATER))).to.deep.equal([3]);
  });

  it('tells metrics of one name apart', () => {
    const memory = new DeltaMemory();
    const reads = [sumReader(memory), sumReader(memory)];
    expect(reads.map(read => valuesOf(read(2, AT)))).to.deep.equal([[2], [2]]);
  });

  it('gives a gauge as it is, each time', () => {
    const memory = new DeltaMemory();
    const data = toMetricData(metricOf(MetricDescriptorType.GAUGE_INT64, [[['GET', null], new ValueLong(5), null]]));
    expect(memory.since(memory, data)).to.equal(data);
    expect(memory.since(memory, data)).to.equal(data);
  });

  it('subtracts the buckets of a histogram, whose ends are then unknown', () => {
    const read = histogramReader();
    read(distributionOf([0.5, 2.5], [1, 5], [1, 1, 0]));
    expect(valuesOf(read(distributionOf([0.5, 2.5, 9], [1, 5], [1, 1, 1])))).to.deep.equal([
      { count: 1, sum: 9, buckets: { boundaries: [1, 5], counts: [0, 0, 1] } },
    ]);
    expect(read(distributionOf([0.5, 2.5, 9], [1, 5], [1, 1, 1]))).to.equal(undefined);
    expect(valuesOf(read(distributionOf([4], [1, 5], [0, 1, 0])))).to.deep.equal([
      { count: 1, sum: 4, min: 4, max: 4, buckets: { boundaries: [1, 5], counts: [0, 1, 0] } },
    ]);
  });

  function sumReader(memory = new DeltaMemory()) {
    const identity = {};
    return (value: number, at: Date, start = START): MetricData | undefined => {
      const type = MetricDescriptorType.CUMULATIVE_INT64;
      return memory.since(
        identity,
        toMetricData(metricOf(type, [[['GET', null], new ValueLong(value), start]], null, at)),
      );
    };
  }

  function histogramReader() {
    const memory = new DeltaMemory();
    return (value: ValueDistribution): MetricData | undefined => {
      const type = MetricDescriptorType.CUMULATIVE_DISTRIBUTION;
      return memory.since(memory, toMetricData(metricOf(type, [[['GET', null], value, START]])));
    };
  }

  function valuesOf(data: MetricData | undefined): unknown[] | undefined {
    return data?.dataPoints.map(point => point.value);
  }
});

function metricOf(
  type: MetricDescriptorType,
  series: [(string | null)[], MetricValue, string | null][],
  unit: string | null = '1',
  at: Date = AT,
): Metric {
  const descriptor = new MetricDescriptor('calls', 'all calls', unit, type, [
    new LabelKey('method'),
    new LabelKey('host'),
  ]);
  return new Metric(
    descriptor,
    series.map(([labelValues, value, start]) => new TimeSeries(labelValues, [new Point(value, at)], start)),
  );
}

function distributionOf(values: number[], bounds: number[], counts: number[]): ValueDistribution {
  return new ValueDistribution({
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    sumOfSquaredDeviation: 0,
    bounds,
    buckets: counts.map(count => ({ count, exemplar: null })),
    min: Math.min(...values),
    max: Math.max(...values),
  });
}
