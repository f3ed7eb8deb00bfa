/*
 * Compiled, never run: what users of OpenCensus's tracing write, on each line of OpenTelemetry.
 */
import type { Sampler } from '@opentelemetry/sdk-trace';
import { ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  AzureExporter,
  CanonicalCode,
  FileExporter,
  Link,
  LinkType,
  MessageEvent,
  MessageEventType,
  PrintExporter,
  ProbabilitySampler,
  SpanContext,
  SpanKind,
  Status,
  Tracer,
  TraceOptions,
  type BatchOptions,
  type EitherCase,
  type Span,
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
export const options: TracerOptions = {
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
