import type { BoundedDict, BoundedList } from './bounded-collections.ts';
import type { Link } from './link.ts';
import { Printed, toPythonText } from './printed-forms.ts';
import type { SpanContext } from './span-context.ts';
import type { Status } from './span-status.ts';
import type { StackTrace } from './stack-trace.ts';
import type { Annotation, AttributeValue, MessageEvent } from './time-event.ts';

/** All that was collected of a span. */
export interface SpanDataParts {
  readonly name: string;
  /** The trace of the span. Its span id is that of the parent. */
  readonly context: SpanContext;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly attributes: BoundedDict<AttributeValue>;
  /** ISO 8601 in UTC, with microseconds. */
  readonly startTime: string;
  /** As `startTime`. */
  readonly endTime: string;
  /** How many spans were made with `Span.span`. */
  readonly childSpanCount: number;
  readonly stackTrace: StackTrace | null;
  readonly annotations: BoundedList<Annotation>;
  readonly messageEvents: BoundedList<MessageEvent>;
  readonly links: BoundedList<Link>;
  /** `null` when none was set: the span is OK then. */
  readonly status: Status | null;
  readonly sameProcessAsParentSpan: boolean | null;
  /** One of `SpanKind`. */
  readonly spanKind: number;
}

/** The members in the order in which they are printed, by their names in Python. */
const FIELDS: readonly (readonly [name: string, member: keyof SpanDataParts])[] = [
  ['name', 'name'],
  ['context', 'context'],
  ['span_id', 'spanId'],
  ['parent_span_id', 'parentSpanId'],
  ['attributes', 'attributes'],
  ['start_time', 'startTime'],
  ['end_time', 'endTime'],
  ['child_span_count', 'childSpanCount'],
  ['stack_trace', 'stackTrace'],
  ['annotations', 'annotations'],
  ['message_events', 'messageEvents'],
  ['links', 'links'],
  ['status', 'status'],
  ['same_process_as_parent_span', 'sameProcessAsParentSpan'],
  ['span_kind', 'spanKind'],
];

/** A span that has ended, as exporters get it. Prints as in OpenCensus: `SpanData(name='test', context=…)`. */
export class SpanData extends Printed implements SpanDataParts {
  readonly name: string;
  readonly context: SpanContext;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly attributes: BoundedDict<AttributeValue>;
  readonly startTime: string;
  readonly endTime: string;
  readonly childSpanCount: number;
  readonly stackTrace: StackTrace | null;
  readonly annotations: BoundedList<Annotation>;
  readonly messageEvents: BoundedList<MessageEvent>;
  readonly links: BoundedList<Link>;
  readonly status: Status | null;
  readonly sameProcessAsParentSpan: boolean | null;
  readonly spanKind: number;

  constructor(parts: SpanDataParts) {
    super();
    this.name = parts.name;
    this.context = parts.context;
    this.spanId = parts.spanId;
    this.parentSpanId = parts.parentSpanId;
    this.attributes = parts.attributes;
    this.startTime = parts.startTime;
    this.endTime = parts.endTime;
    this.childSpanCount = parts.childSpanCount;
    this.stackTrace = parts.stackTrace;
    this.annotations = parts.annotations;
    this.messageEvents = parts.messageEvents;
    this.links = parts.links;
    this.status = parts.status;
    this.sameProcessAsParentSpan = parts.sameProcessAsParentSpan;
    this.spanKind = parts.spanKind;
  }

  override toString(): string {
    return `SpanData(${FIELDS.map(([name, member]) => `${name}=${toPythonText(this[member])}`).join(', ')})`;
  }
}
