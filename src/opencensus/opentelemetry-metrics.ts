import { ValueType, type HrTime } from '@opentelemetry/api';
import { isGauge, MetricDescriptorType } from './metric-descriptor.ts';
import type { Metric, TimeSeries } from './metric.ts';
import type { MetricValue } from './metric-value.ts';

/*
 * OpenTelemetry's metrics, as much of them as comes out of OpenCensus's: structural types, since the SDK's 2.x and 3.x
 * lines cannot share one npm tree. test/types/opencensus.ts proves that they fit both.
 */

/** Metrics of one kind, with a data point for each combination of labels. */
export type MetricData = GaugeData | SumData | HistogramData;

/** What all kinds have in common. */
interface BaseData {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly valueType: ValueType;
  };
  /** 0 for the change since the data point before, 1 for all since the start. */
  readonly aggregationTemporality: 0 | 1;
}

/** A value that goes up and down. */
export interface GaugeData extends BaseData {
  readonly dataPointType: 2;
  readonly dataPoints: DataPoint<number>[];
}

/** A value that is added up. */
export interface SumData extends BaseData {
  readonly dataPointType: 3;
  readonly dataPoints: DataPoint<number>[];
  readonly isMonotonic: true;
}

/** How values are distributed. */
export interface HistogramData extends BaseData {
  readonly dataPointType: 0;
  readonly dataPoints: DataPoint<Histogram>[];
}

/** What was measured in an interval for one combination of labels. */
export interface DataPoint<Value> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Record<string, string>;
  readonly value: Value;
}

/** Many values, summed up. OpenTelemetry reads a bound as the top of its bucket; OpenCensus counted it above. */
export interface Histogram {
  count: number;
  sum: number;
  min?: number;
  max?: number;
  buckets: { boundaries: number[]; counts: number[] };
}

/** Turns a metric into OpenTelemetry's form, added up since the start. A label without a value gives no attribute. */
export function toMetricData(metric: Metric): MetricData {
  const { name, description, unit, type } = metric.descriptor;
  const valueType = isLong(type) ? ValueType.INT : ValueType.DOUBLE;
  const base = { descriptor: { name, description, unit: unit ?? '', valueType }, aggregationTemporality: 1 } as const;
  if (type === MetricDescriptorType.CUMULATIVE_DISTRIBUTION)
    return { ...base, dataPointType: 0, dataPoints: toDataPoints(metric, toHistogram) };
  const dataPoints = toDataPoints(metric, toNumber);
  return isGauge(type)
    ? { ...base, dataPointType: 2, dataPoints }
    : { ...base, dataPointType: 3, isMonotonic: true, dataPoints };
}

function isLong(type: MetricDescriptorType): boolean {
  return type === MetricDescriptorType.GAUGE_INT64 || type === MetricDescriptorType.CUMULATIVE_INT64;
}

/** `toValue` gives `undefined` for a value that is not of the descriptor's type: there is no point for it. */
function toDataPoints<Value>(
  { descriptor, timeSeries }: Metric,
  toValue: (value: MetricValue) => Value | undefined,
): DataPoint<Value>[] {
  return timeSeries.flatMap(series => {
    const value = toValue(series.points[0].value);
    if (value === undefined) return [];
    const keys = descriptor.labelKeys.map(({ key }) => key);
    return [{ ...toInterval(series), attributes: toAttributes(keys, series.labelValues), value }];
  });
}

function toInterval({ startTimestamp, points }: TimeSeries): Pick<DataPoint<unknown>, 'startTime' | 'endTime'> {
  const endTime = toHrTime(points[0].timestamp.getTime());
  return { startTime: startTimestamp === null ? endTime : toHrTime(Date.parse(startTimestamp)), endTime };
}

function toHrTime(epochMillis: number): HrTime {
  const seconds = Math.floor(epochMillis / 1000);
  return [seconds, (epochMillis - seconds * 1000) * 1e6];
}

function toAttributes(keys: readonly string[], values: readonly (string | null)[]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key, i) => {
      const value = values[i] ?? null;
      return value === null ? [] : [[key, value]];
    }),
  );
}

function toNumber(value: MetricValue): number | undefined {
  return 'value' in value ? value.value : undefined;
}

function toHistogram(value: MetricValue): Histogram | undefined {
  if ('value' in value) return undefined;
  const { count, sum, min, max, bounds, buckets } = value;
  return {
    count,
    sum,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    buckets: { boundaries: [...(bounds ?? [])], counts: buckets?.map(bucket => bucket.count) ?? [count] },
  };
}
