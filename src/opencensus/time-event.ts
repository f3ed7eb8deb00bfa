import type { Attributes } from '@opentelemetry/api';
import type { BoundedDict } from './bounded-collections.ts';
import { Printed, toPythonText } from './printed-forms.ts';
import { toIsoTimestamp } from './timestamp.ts';

/** A value that an attribute can have. */
export type AttributeValue = string | number | boolean;

/** Whether a message was sent or received. */
export const MessageEventType: { readonly TYPE_UNSPECIFIED: 0; readonly SENT: 1; readonly RECEIVED: 2 } = {
  TYPE_UNSPECIFIED: 0,
  SENT: 1,
  RECEIVED: 2,
};

/** Something that happened during a span, in words. Made by `Span.addAnnotation`. */
export class Annotation extends Printed {
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly description: string;
  readonly attributes: BoundedDict<AttributeValue>;

  constructor(timestamp: Date, description: string, attributes: BoundedDict<AttributeValue>) {
    super();
    this.timestamp = toIsoTimestamp(timestamp.getTime());
    this.description = description;
    this.attributes = attributes;
  }

  override toString(): string {
    const { timestamp, description, attributes } = this;
    return `Annotation(timestamp=${toPythonText(timestamp)}, description=${toPythonText(description)}, attributes=${attributes.toString()})`;
  }
}

/** A message that was sent or received during a span. */
export class MessageEvent extends Printed {
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  /** Says which messages belong together. */
  readonly id: string | number;
  /** One of `MessageEventType`. */
  readonly type: number;
  readonly uncompressedSizeBytes: number | null;
  /** The uncompressed size when there is no other. */
  readonly compressedSizeBytes: number | null;

  constructor(
    timestamp: Date,
    id: string | number,
    type: number = MessageEventType.TYPE_UNSPECIFIED,
    uncompressedSizeBytes: number | null = null,
    compressedSizeBytes: number | null = uncompressedSizeBytes,
  ) {
    super();
    this.timestamp = toIsoTimestamp(timestamp.getTime());
    this.id = id;
    this.type = type;
    this.uncompressedSizeBytes = uncompressedSizeBytes;
    this.compressedSizeBytes = compressedSizeBytes;
  }

  override toString(): string {
    const { timestamp, id, type, uncompressedSizeBytes, compressedSizeBytes } = this;
    const sizes = `uncompressed_size_bytes=${toPythonText(uncompressedSizeBytes)}, compressed_size_bytes=${toPythonText(compressedSizeBytes)}`;
    return `MessageEvent(timestamp=${toPythonText(timestamp)}, id=${toPythonText(id)}, type=${type}, ${sizes})`;
  }
}

const MESSAGE_EVENT_TYPES = ['TYPE_UNSPECIFIED', 'SENT', 'RECEIVED'];

/** As attributes of an event of OpenTelemetry, by the names of OpenTelemetry's bridge. <https://github.com/open-telemetry/opentelemetry-js/tree/main/packages/opentelemetry-shim-opencensus> */
export function toEventAttributes({ type, uncompressedSizeBytes, compressedSizeBytes }: MessageEvent): Attributes {
  return {
    'message.event.type': MESSAGE_EVENT_TYPES[type] ?? MESSAGE_EVENT_TYPES[MessageEventType.TYPE_UNSPECIFIED],
    ...(uncompressedSizeBytes !== null && { 'message.event.size.uncompressed': uncompressedSizeBytes }),
    ...(compressedSizeBytes !== null && { 'message.event.size.compressed': compressedSizeBytes }),
  };
}
