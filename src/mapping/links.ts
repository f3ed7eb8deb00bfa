import { FIELD_LIMITS, MAX_LINKS } from './limits.ts';
import type { SpanLink } from './opentelemetry.ts';
import type { Omissions } from './omissions.ts';

/**
 * Writes the links of a span as Azure Monitor reads them from the property `_MS.links`: a JSON array.
 *
 * At most 100, and no more than fit a property, so that it is always whole JSON; a link to nothing is left out, and
 * all that are left out are counted. `undefined` when there is none to show.
 */
export function toLinksText(links: readonly SpanLink[], omissions: Omissions): string | undefined {
  if (links.length === 0) return undefined;
  const texts: string[] = [];
  let length = '[]'.length;
  for (const link of links.slice(0, MAX_LINKS)) {
    const text = linkText(link);
    if (text === undefined || length + text.length + 1 > FIELD_LIMITS.property) continue;
    texts.push(text);
    length += text.length + 1;
  }
  if (texts.length < links.length) omissions.count('link', links.length - texts.length);
  return texts.length === 0 ? undefined : `[${texts.join(',')}]`;
}

function linkText(link: SpanLink): string | undefined {
  try {
    const { traceId, spanId } = link.context as { traceId: unknown; spanId: unknown };
    if (!isId(traceId) || !isId(spanId)) return undefined;
    return JSON.stringify({ operation_Id: traceId, id: spanId });
  } catch {
    return undefined; // No link at all.
  }
}

/** What does not fit the property is not written out first to see that: it may be very long. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length < FIELD_LIMITS.property;
}
