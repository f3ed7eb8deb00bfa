/*
 * Compiled, never run: what users of OpenCensus's tracing write, on each line of OpenTelemetry.
 */
import type { TextMapPropagator } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace';
import { ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import type { IncomingMessage } from 'node:http';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  AzureExporter,
  B3FormatPropagator,
  BinaryFormatPropagator,
  CanonicalCode,
  FileExporter,
  GoogleCloudFormatPropagator,
  Link,
  LinkType,
  MessageEvent,
  MessageEventType,
  PrintExporter,
  ProbabilitySampler,
  Span,
  SpanContext,
  SpanKind,
  Status,
  TextFormatPropagator,
  TraceContextPropagator,
  Tracer,
  traceIntegrations,
  TraceOptions,
  type BatchOptions,
  type EitherCase,
  type Propagator,
  type SpanData,
  type SpanExporter,
  type TracerOptions,
} from 'azure-monitor-bridge/opencensus';

export const samplers: Sampler[] = [
  new AlwaysOnSampler(),
  new AlwaysOffSampler(),
  new ParentBasedSampler({ root: new ProbabilitySampler(0.1) }),
];

// An option may be there and undefined, and has a name of each kind.
export const batchOptions: EitherCase<BatchOptions> = {
  connection_string: process.env['CONNECTION_STRING'],
  queue_capacity: 100,
  maxBatchSize: undefined,
  export_interval: 1,
};
// @ts-expect-error A size is a number.
export const untyped: EitherCase<BatchOptions> = { max_batch_size: '5' };

export const exporters: SpanExporter[] = [
  new PrintExporter(),
  new FileExporter({ fileName: 'spans.json', fileMode: 'a' }),
  { export: (spanDatas: readonly SpanData[]) => spanDatas.at(0)?.attributes.get('a') },
];
export const propagators: (Propagator & TextMapPropagator)[] = [
  new TraceContextPropagator(),
  new B3FormatPropagator(),
  new GoogleCloudFormatPropagator(),
  new TextFormatPropagator(),
];
export const bytes: Uint8Array = new BinaryFormatPropagator().toHeader(new SpanContext());

export const options: TracerOptions = {
  propagator: new B3FormatPropagator(),
  exporter: new AzureExporter(batchOptions),
  sampler: new ProbabilitySampler(1),
  spanContext: new SpanContext({ traceId: '1'.repeat(32), traceOptions: new TraceOptions('01') }),
};

const tracer = new Tracer(options);
export const answer: number = tracer.span('work', () => 7);
export const later: Promise<string> = tracer.span('work', { spanKind: SpanKind.SERVER }, async (span: Span) => {
  span.addAttribute('tries', 3);
  span.addAnnotation('cache miss', { key: 'a' });
  span.addMessageEvent(new MessageEvent(new Date(), 1, MessageEventType.SENT, 10));
  span.addLink(new Link('1'.repeat(32), '2'.repeat(16), LinkType.CHILD_LINKED_SPAN));
  span.setStatus(new Status(CanonicalCode.OK));
  return span.name;
});
// @ts-expect-error A span's function gives a number here.
export const wrong: string = tracer.span('work', () => 7);

export function sequence(): void {
  using span = tracer.span('work', { spanKind: SpanKind.CLIENT });
  span.addAttribute('tries', 3);
  tracer.startSpan('inside');
  tracer.endSpan();
  tracer.currentSpan()?.addAttribute('a', true);
}

export const joined: Tracer = new Tracer({ tracerProvider: new TracerProvider() });

export function serve(request: IncomingMessage, headersOfFetch: Headers): void {
  Tracer.fromHeaders(request.headers, options).span('request', () => undefined);
  Tracer.fromHeaders(headersOfFetch);
  Tracer.fromHeaders({ b3: undefined });
}

export const decorated: (count: number) => Promise<string> = tracer.traceDecorator()(async (count: number) =>
  'a'.repeat(count),
);
export const removeCallback: () => void = Span.onCreate(span => span.addAttribute('host', 'a'));
export const integrated: readonly string[] = traceIntegrations(['http', 'pg'], {
  tracerProvider: new AzureExporter().tracerProvider,
  propagator: undefined,
});
