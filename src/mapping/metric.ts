import type { DataPoint } from '../envelope/envelope.ts';
import type { Row } from '../envelope/item.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { commonNotes, toPropertyMembers } from './dimensions.ts';
import { toField } from './field.ts';
import type { JsonMembers } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import { readNumbers } from './metric-numbers.ts';
import {
  AggregationTemporality,
  DataPointType,
  type InstrumentationScope,
  type MetricPoint,
  type MetricRecord,
  type Resource,
  type ResourceMetrics,
} from './opentelemetry.ts';
import { toRow } from './row.ts';
import { toEnvelopeTime } from './time.ts';

/** One data point, and what it belongs to. */
export interface MetricPointInput {
  /** `undefined` in place of what is no point. */
  readonly point: MetricPoint | undefined;
  readonly metric: MetricRecord;
  readonly scope: InstrumentationScope;
  readonly resource: Resource;
}

/** All data points of a collection, one after the other. What is none is among them, so that it can be counted. */
export function* metricPoints({ resource, scopeMetrics }: ResourceMetrics): Generator<MetricPointInput> {
  for (const ofScope of itemsOf(() => scopeMetrics)) {
    const scope = attempt(() => ofScope?.scope);
    for (const metric of itemsOf(() => ofScope?.metrics)) {
      for (const point of itemsOf(() => metric?.dataPoints)) {
        yield { point: point ?? undefined, metric, scope, resource } as MetricPointInput;
      }
    }
  }
}

/** What is no list counts as one item that is nothing. */
function itemsOf<Item>(read: () => readonly Item[] | undefined): readonly (Item | undefined)[] {
  const items = attempt(() => {
    const list = read();
    return Array.isArray(list) ? Array.from<Item>(list) : undefined;
  });
  return items ?? [undefined];
}

/** `undefined` when a getter or a proxy of the caller throws. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Turns a data point into its row, at the end of its interval.
 *
 * None for a point that has nothing to say: a histogram that counted nothing, and a sum that did not change when
 * the user wants those dropped. None, and counted, for one that is missing, not finite, of an unknown type or without a
 * name.
 */
export function pointToRows({ point, metric, scope, resource }: MetricPointInput, context: MappingContext): Row[] {
  if (point === undefined) {
    context.omissions.count('unconvertible'); // There may be thousands, and throwing for each is slow.
    return [];
  }
  if (context.options.dropZeroSums && isUnchangedSum(metric, point)) return [];
  const reading = readNumbers(metric.dataPointType, point.value);
  const name = toField(metric.descriptor.name, FIELD_LIMITS.metricName, context);
  if (reading.kind === 'empty') return [];
  if (reading.kind === 'unusable' || name === undefined) {
    context.omissions.count(reading.kind === 'unusable' ? reading.reason : 'unconvertible');
    return [];
  }
  const time = toEnvelopeTime(point.endTime, context.nowMillis);
  const ns = toField(context.options.metricNamespace, FIELD_LIMITS.metricNamespace, context);
  const data = toMetricMembers({ ...(ns !== undefined && { ns }), name, kind: 'Aggregation', ...reading.numbers });
  const properties = toPropertyMembers(
    new AttributeReader(point.attributes),
    commonNotes(time, scope, context),
    context,
  );
  const shown = properties === '' ? data : `${data},"properties":{${properties}}`;
  return [
    toRow({ baseType: 'MetricData', resource, tags: '', time: time.time, sampleRate: 100, data: shown }, context),
  ];
}

/** Only what counts since the point before says by a zero that nothing changed. */
function isUnchangedSum({ dataPointType, aggregationTemporality }: MetricRecord, { value }: MetricPoint): boolean {
  const isDelta = aggregationTemporality === AggregationTemporality.DELTA;
  return dataPointType === DataPointType.SUM && isDelta && (value === 0 || value === 0n);
}

/** The fields of a metric row. */
function toMetricMembers(point: DataPoint): JsonMembers {
  return `"ver":2,"metrics":[${JSON.stringify(point)}]`;
}
