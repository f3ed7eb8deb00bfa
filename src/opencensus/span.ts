/// <reference lib="esnext.disposable" preserve="true" />
import { SpanStatusCode, TraceFlags, type Span as OpenTelemetrySpan } from '@opentelemetry/api';
import { BoundedDict, BoundedList } from './bounded-collections.ts';
import { Callbacks } from './callbacks.ts';
import { epochMillisNow } from './clock.ts';
import { Link } from './link.ts';
import { processWide } from './process-wide.ts';
import { SpanContext } from './span-context.ts';
import { SpanData } from './span-data.ts';
import { toOpenTelemetryKind } from './span-kind.ts';
import { Status } from './span-status.ts';
import { StackTrace } from './stack-trace.ts';
import { Annotation, toEventAttributes, type AttributeValue, type MessageEvent } from './time-event.ts';
import { toIsoTimestamp } from './timestamp.ts';
import { TraceOptions } from './trace-options.ts';

/** The attribute of OpenTelemetry's span that holds the code of the status. */
export const STATUS_CODE = 'census.status_code';

const MAX_ATTRIBUTES = 32;
const MAX_ANNOTATIONS = 32;
const MAX_MESSAGE_EVENTS = 128;
const MAX_LINKS = 32;

const created = processWide('created-spans/1', () => new Callbacks<Span>());

/** Where a span comes from and goes to. */
export interface SpanOrigin {
  /** The span of OpenTelemetry behind it, which gets all that this one gets. */
  readonly openTelemetrySpan: OpenTelemetrySpan;
  readonly parentSpanId: string | null;
  /** One of `SpanKind`. */
  readonly spanKind: number;
  /** Milliseconds since 1970. */
  readonly startMillis: number;
  /** Makes the span of OpenTelemetry behind a child. */
  readonly startChild: (parent: Span, name: string) => Span;
  /** Called once, when the span has ended. */
  readonly onEnd: (span: Span) => void;
}

/** Work that goes on for a while. Made by a `Tracer`; ends by itself where it was given a function, or with `using`. */
export class Span implements Iterable<Span> {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** The 32 attributes that were set last. */
  readonly attributes: BoundedDict<AttributeValue> = new BoundedDict(MAX_ATTRIBUTES);
  readonly annotations: BoundedList<Annotation> = new BoundedList(MAX_ANNOTATIONS);
  readonly messageEvents: BoundedList<MessageEvent> = new BoundedList(MAX_MESSAGE_EVENTS);
  readonly links: BoundedList<Link> = new BoundedList(MAX_LINKS);
  /** Whether the parent is in this process too, if somebody says so. */
  sameProcessAsParentSpan: boolean | null = null;
  readonly #origin: SpanOrigin;
  readonly #children: Span[] = [];
  #name: string;
  #spanKind: number;
  #endMillis: number | undefined;
  #status: Status | null = null;
  #stackTrace: StackTrace | null = null;

  constructor(name: string, origin: SpanOrigin) {
    this.#name = name;
    this.#origin = origin;
    this.#spanKind = origin.spanKind;
    const { spanId, traceFlags } = origin.openTelemetrySpan.spanContext();
    this.spanId = spanId;
    this.parentSpanId = origin.parentSpanId;
    if ((traceFlags & TraceFlags.SAMPLED) !== 0) created.tell(this);
  }

  /** Calls `callback` with each span that is recorded from now on, when it starts. What is returned takes it back. */
  static onCreate(callback: (span: Span) => void): () => void {
    return created.add(callback);
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
    this.#origin.openTelemetrySpan.updateName(name);
  }

  /** One of `SpanKind`. Setting it after the start is known to OpenTelemetry's SDK only; better give it at the start. */
  get spanKind(): number {
    return this.#spanKind;
  }

  set spanKind(spanKind: number) {
    this.#spanKind = spanKind;
    // OpenTelemetry has no call for it. A span of its SDK shows its kind to exporters as this member.
    if ('kind' in this.#origin.openTelemetrySpan)
      Object.assign(this.#origin.openTelemetrySpan, { kind: toOpenTelemetryKind(spanKind) });
  }

  get status(): Status | null {
    return this.#status;
  }

  /** Where the error was thrown that ended the span. */
  get stackTrace(): StackTrace | null {
    return this.#stackTrace;
  }

  /** The spans that were made with `span`. */
  get children(): readonly Span[] {
    return this.#children;
  }

  get hasEnded(): boolean {
    return this.#endMillis !== undefined;
  }

  /** The span of OpenTelemetry behind this one. */
  get openTelemetrySpan(): OpenTelemetrySpan {
    return this.#origin.openTelemetrySpan;
  }

  /** This place in the trace, for a propagator. */
  get spanContext(): SpanContext {
    return this.#contextWith(this.spanId);
  }

  addAttribute(key: string, value: AttributeValue): void {
    this.attributes.set(key, value);
    this.openTelemetrySpan.setAttribute(key, value);
  }

  /** Says what happens now. */
  addAnnotation(description: string, attributes: Readonly<Record<string, AttributeValue>> = {}): void {
    const millis = epochMillisNow();
    const kept = new BoundedDict(MAX_ATTRIBUTES, Object.entries(attributes));
    this.annotations.append(new Annotation(new Date(millis), description, kept));
    this.openTelemetrySpan.addEvent(description, attributes, millis);
  }

  addMessageEvent(event: MessageEvent): void {
    this.messageEvents.append(event);
    this.openTelemetrySpan.addEvent(String(event.id), toEventAttributes(event), new Date(event.timestamp));
  }

  /** @throws TypeError for what is no `Link`. */
  addLink(link: Link): void {
    if (!(link instanceof Link)) throw new TypeError('Type Error: received something that is not a Link.');
    this.links.append(link);
    const { traceId, spanId, type, attributes } = link;
    const context = { traceId, spanId, traceFlags: TraceFlags.NONE };
    this.openTelemetrySpan.addLink({ context, attributes: { ...attributes, 'opencensus.link.type': type } });
  }

  /** @throws TypeError for what is no `Status`. */
  setStatus(status: Status): void {
    if (!(status instanceof Status)) throw new TypeError('Type Error: received something that is not a Status.');
    this.#status = status;
    const code = status.isOk ? SpanStatusCode.OK : SpanStatusCode.ERROR;
    this.openTelemetrySpan.setStatus({ code, ...(status.message !== null && { message: status.message }) });
    this.openTelemetrySpan.setAttribute(STATUS_CODE, status.code);
  }

  /** Says that an error ended the span: status UNKNOWN with its message, and its stack. */
  recordError(error: unknown): void {
    this.setStatus(Status.fromError(error));
    this.#stackTrace = StackTrace.fromError(error);
    this.openTelemetrySpan.recordException(error instanceof Error ? error : String(error));
  }

  /** Starts a span inside this one, which does not become the current one. It is exported with this one. */
  span(name = 'child_span'): Span {
    const child = this.#origin.startChild(this, name);
    this.#children.push(child);
    return child;
  }

  /** Ends the span, and hands it to the exporter. A second call does nothing. */
  finish(): void {
    if (this.hasEnded) return;
    for (const child of this.#children) child.finish();
    this.#endMillis = Math.max(epochMillisNow(), this.#origin.startMillis);
    this.openTelemetrySpan.end(this.#endMillis);
    this.#origin.onEnd(this);
  }

  [Symbol.dispose](): void {
    this.finish();
  }

  /** The children, each after its own, and this span last. */
  *[Symbol.iterator](): Generator<Span, undefined> {
    for (const child of this.#children) yield* child;
    yield this;
  }

  /** What was collected up to now. */
  toSpanData(): SpanData {
    return new SpanData({
      name: this.name,
      context: this.#contextWith(this.parentSpanId),
      spanId: this.spanId,
      parentSpanId: this.parentSpanId,
      attributes: this.attributes,
      startTime: toIsoTimestamp(this.#origin.startMillis),
      endTime: toIsoTimestamp(this.#endMillis ?? epochMillisNow()),
      childSpanCount: this.#children.length,
      stackTrace: this.stackTrace,
      annotations: this.annotations,
      messageEvents: this.messageEvents,
      links: this.links,
      status: this.status,
      sameProcessAsParentSpan: this.sameProcessAsParentSpan,
      spanKind: this.spanKind,
    });
  }

  #contextWith(spanId: string | null): SpanContext {
    const { traceId, traceFlags, traceState } = this.openTelemetrySpan.spanContext();
    return new SpanContext({ traceId, spanId, traceOptions: new TraceOptions(traceFlags), traceState });
  }
}
