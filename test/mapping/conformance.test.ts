import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { toItem } from '../../src/envelope/item.ts';
import type { MappingContext } from '../../src/mapping/context.ts';
import { logToEnvelope } from '../../src/mapping/log.ts';
import { metricPoints, pointToEnvelopes } from '../../src/mapping/metric.ts';
import {
  AggregationTemporality,
  DataPointType,
  SpanKind,
  SpanStatusCode,
  type AttributeMap,
  type HrTime,
  type InstrumentationScope,
  type MetricPoint,
} from '../../src/mapping/opentelemetry.ts';
import { resourceMetric } from '../../src/mapping/resource-metric.ts';
import { spanToEnvelopes } from '../../src/mapping/span.ts';
import { faultsOf } from '../envelope-check.ts';
import { readFamilies, readSignals, toContext } from './conformance-case.ts';

type Mapping = (input: Record<string, unknown>, context: MappingContext) => Envelope[];

/** How the cases of each folder of the corpus are mapped. */
const SIGNALS: readonly [folder: string, map: Mapping][] = [
  ['logs', mapLogRecord],
  ['metrics', mapMetric],
  ['resources', mapResource],
  ['spans', mapSpan],
];

describe('the corpus', () => {
  it('is run, each folder of it', () => {
    expect(readSignals()).to.deep.equal(SIGNALS.map(([folder]) => folder));
  });
});

for (const [folder, map] of SIGNALS) {
  for (const { name, cases } of readFamilies(folder)) {
    describe(`the corpus, ${folder}, ${name.replaceAll('-', ' ')}`, () => {
      for (const { title, input, context, expected } of cases) {
        it(`says: ${title}`, () => {
          expect(map(input, toContext(context))).to.deep.equal(expected);
          expect(expected.flatMap(envelope => faultsOf(toItem(envelope)))).to.deep.equal([]);
        });
      }
    });
  }
}

/** A span as the corpus writes it. */
interface CaseSpan {
  readonly name: string;
  readonly kind: keyof typeof SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly startTime: HrTime;
  readonly duration: HrTime;
  readonly status: { readonly code: keyof typeof SpanStatusCode; readonly message?: string };
  readonly attributes: AttributeMap;
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes?: AttributeMap }[];
  readonly events: readonly { readonly name: string; readonly time: HrTime; readonly attributes?: AttributeMap }[];
  readonly resource: AttributeMap;
  readonly scope: { readonly name: string; readonly version?: string };
}

function mapSpan(input: Record<string, unknown>, context: MappingContext): Envelope[] {
  const span = input as unknown as CaseSpan;
  const { traceId, spanId, parentSpanId, traceState, status, links, resource, scope } = span;
  return spanToEnvelopes(
    {
      ...span,
      kind: SpanKind[span.kind],
      spanContext: () => ({
        traceId,
        spanId,
        traceFlags: 1,
        traceState: traceState === undefined ? undefined : { serialize: () => traceState },
      }),
      parentSpanContext: parentSpanId === undefined ? undefined : { traceId, spanId: parentSpanId, traceFlags: 1 },
      status: { ...status, code: SpanStatusCode[status.code] },
      links: links.map(link => ({
        context: { traceId: link.traceId, spanId: link.spanId, traceFlags: 1 },
        attributes: link.attributes,
      })),
      resource: { attributes: resource },
      instrumentationScope: scope,
    },
    context,
  );
}

/** A log record as the corpus writes it. */
interface CaseLogRecord {
  readonly time: HrTime;
  readonly observedTime: HrTime;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: unknown;
  readonly eventName?: string;
  readonly attributes: AttributeMap;
  readonly resource: AttributeMap;
  readonly scope: InstrumentationScope;
}

function mapLogRecord(input: Record<string, unknown>, context: MappingContext): Envelope[] {
  const { time, observedTime, traceId, spanId, resource, scope, ...record } = input as unknown as CaseLogRecord;
  const envelope = logToEnvelope(
    {
      ...record,
      hrTime: time,
      hrTimeObserved: observedTime,
      spanContext: traceId === undefined || spanId === undefined ? undefined : { traceId, spanId, traceFlags: 1 },
      resource: { attributes: resource },
      instrumentationScope: scope,
    },
    context,
  );
  return [envelope];
}

/** A metric as the corpus writes it. */
interface CaseMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly type: keyof typeof DataPointType;
  readonly temporality: keyof typeof AggregationTemporality;
  readonly points: readonly MetricPoint[];
  readonly resource: AttributeMap;
  readonly scope: InstrumentationScope;
}

function mapMetric(input: Record<string, unknown>, context: MappingContext): Envelope[] {
  const { name, unit, description, type, temporality, points, resource, scope } = input as unknown as CaseMetric;
  const metric = {
    descriptor: { name, unit, description },
    dataPointType: DataPointType[type],
    aggregationTemporality: AggregationTemporality[temporality],
    dataPoints: points,
  };
  const collected = { resource: { attributes: resource }, scopeMetrics: [{ scope, metrics: [metric] }] };
  return [...metricPoints(collected)].flatMap(point => pointToEnvelopes(point, context));
}

function mapResource(attributes: Record<string, unknown>, context: MappingContext): Envelope[] {
  return [resourceMetric({ attributes }, context)];
}
