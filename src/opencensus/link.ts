import { Printed, toPythonText } from './printed-forms.ts';
import type { AttributeValue } from './time-event.ts';

/** What the linked span is to the one that has the link. */
export const LinkType: { readonly TYPE_UNSPECIFIED: 0; readonly CHILD_LINKED_SPAN: 1; readonly PARENT_LINKED_SPAN: 2 } =
  { TYPE_UNSPECIFIED: 0, CHILD_LINKED_SPAN: 1, PARENT_LINKED_SPAN: 2 };

/** A span that has to do with this one, of the same trace or another. */
export class Link extends Printed {
  readonly traceId: string;
  readonly spanId: string;
  /** One of `LinkType`. */
  readonly type: number;
  readonly attributes: Readonly<Record<string, AttributeValue>> | null;

  constructor(
    traceId: string,
    spanId: string,
    type: number = LinkType.TYPE_UNSPECIFIED,
    attributes: Readonly<Record<string, AttributeValue>> | null = null,
  ) {
    super();
    this.traceId = traceId;
    this.spanId = spanId;
    this.type = type;
    this.attributes = attributes;
  }

  override toString(): string {
    const ids = `trace_id=${toPythonText(this.traceId)}, span_id=${toPythonText(this.spanId)}`;
    return `Link(${ids}, type=${this.type}, attributes=${toPythonText(this.attributes)})`;
  }
}
