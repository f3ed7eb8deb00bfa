import type { Row } from '../envelope/item.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { membersOf } from './json-text.ts';
import type { Resource } from './opentelemetry.ts';
import { toProperties } from './properties.ts';
import { toRow } from './row.ts';
import { toEnvelopeTime } from './time.ts';

/** Attributes of every process that say nothing about it. */
const OMITTED = /^(?:_MS\.|telemetry\.sdk\.)/;

/**
 * Makes the row that shows a resource with all its attributes, as the official exporters do: a metric named
 * `_OTELRESOURCE_`, of the value 1.
 */
export function resourceMetric(resource: Resource, context: MappingContext): Row {
  const attributes = [...new AttributeReader(resource.attributes).rest()].filter(([key]) => !OMITTED.test(key));
  const properties = toProperties(attributes, context.options, context.omissions);
  const metrics = [{ name: '_OTELRESOURCE_', kind: 'Aggregation', value: 1, count: 1 }];
  const data = membersOf({ ver: 2, metrics, properties });
  const { time } = toEnvelopeTime(
    [Math.floor(context.nowMillis / 1000), (context.nowMillis % 1000) * 1e6],
    context.nowMillis,
  );
  return toRow({ baseType: 'MetricData', resource, tags: '', time, sampleRate: 100, data }, context);
}
