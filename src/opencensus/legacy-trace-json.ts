import type { Link } from './link.ts';
import type { SpanData } from './span-data.ts';
import type { Status } from './span-status.ts';
import type { StackTrace } from './stack-trace.ts';
import type { Annotation, AttributeValue, MessageEvent } from './time-event.ts';

/** OpenCensus cuts texts at so many bytes of UTF-8. */
const MAX_BYTES = 128;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes spans of one trace in the JSON form of OpenCensus's file exporter; `{}` for none. */
export function toLegacyTraceJson(spanDatas: readonly SpanData[]): object {
  const [first] = spanDatas;
  return first === undefined ? {} : { traceId: first.context.traceId, spans: spanDatas.map(toSpanJson) };
}

function toSpanJson(span: SpanData): object {
  const events = [...span.annotations].map(toAnnotationJson);
  const messages = [...span.messageEvents].map(toMessageJson);
  const links = [...span.links].map(toLinkJson);
  return {
    displayName: toTruncatable(span.name),
    spanId: span.spanId,
    startTime: span.startTime,
    endTime: span.endTime,
    childSpanCount: span.childSpanCount,
    kind: span.spanKind,
    ...(span.parentSpanId !== null && { parentSpanId: span.parentSpanId }),
    ...(span.attributes.size > 0 && { attributes: toAttributesJson(span.attributes) }),
    ...(span.stackTrace !== null && { stackTrace: toStackTraceJson(span.stackTrace) }),
    ...(events.length + messages.length > 0 && { timeEvents: { timeEvent: [...events, ...messages] } }),
    ...(links.length > 0 && { links: { link: links } }),
    // A span without a status is OK.
    status: toStatusJson(span.status),
    ...(span.sameProcessAsParentSpan !== null && { sameProcessAsParentSpan: span.sameProcessAsParentSpan }),
  };
}

function toTruncatable(text: string): object {
  const bytes = encoder.encode(text);
  if (bytes.length <= MAX_BYTES) return { value: text, truncated_byte_count: 0 };
  return { value: truncate(bytes), truncated_byte_count: bytes.length - MAX_BYTES };
}

/** Without the bytes of a character that does not fit. */
function truncate(bytes: Uint8Array): string {
  return decoder.decode(bytes.subarray(0, MAX_BYTES), { stream: false }).replace(/\ufffd$/, '');
}

function toAttributesJson(attributes: Iterable<readonly [string, AttributeValue]>): object {
  return { attributeMap: Object.fromEntries([...attributes].map(([key, value]) => [key, toAttributeJson(value)])) };
}

function toAttributeJson(value: AttributeValue): object {
  if (typeof value === 'string') return { string_value: toTruncatable(value) };
  if (typeof value === 'boolean') return { bool_value: value };
  return Number.isInteger(value) ? { int_value: value } : { double_value: value };
}

function toStackTraceJson({ stackFrames, droppedFramesCount, stackTraceHashId }: StackTrace): object {
  const frame = stackFrames.map(({ functionName, fileName, lineNumber, columnNumber }) => ({
    function_name: toTruncatable(functionName),
    original_function_name: toTruncatable(functionName),
    file_name: toTruncatable(fileName),
    line_number: lineNumber,
    column_number: columnNumber,
  }));
  const frames = { frame, dropped_frames_count: droppedFramesCount };
  return { ...(frame.length > 0 && { stack_frames: frames }), stack_trace_hash_id: stackTraceHashId };
}

function toAnnotationJson({ timestamp, description, attributes }: Annotation): object {
  const annotation = { description: toTruncatable(description), attributes: toAttributesJson(attributes) };
  return { time: timestamp, annotation };
}

function toMessageJson(event: MessageEvent): object {
  const { timestamp, id, type, uncompressedSizeBytes, compressedSizeBytes } = event;
  const message = {
    id,
    type,
    ...(uncompressedSizeBytes !== null && { uncompressed_size_bytes: uncompressedSizeBytes }),
    ...(compressedSizeBytes !== null && { compressed_size_bytes: compressedSizeBytes }),
  };
  return { time: timestamp, message_event: message };
}

function toLinkJson({ traceId, spanId, type, attributes }: Link): object {
  return { trace_id: traceId, span_id: spanId, type, ...(attributes !== null && { attributes }) };
}

function toStatusJson(status: Status | null): object {
  if (status === null) return { code: 0 };
  const { code, message, details } = status;
  return { code, ...(message !== null && { message }), ...(details !== null && { details }) };
}
