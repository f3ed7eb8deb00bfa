/** The items of a body, or why it holds none. A line that is no JSON is an item of its own, {@link NOT_JSON}. */
export type ParsedBody =
  | { readonly kind: 'items'; readonly items: readonly unknown[] }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Stands in for a line that could not be parsed, so that the items after it keep their index. */
export const NOT_JSON: unique symbol = Symbol('not JSON');

/**
 * Parses what senders post: a JSON array, one JSON object, or one object a line. The text decides, not a header,
 * since senders differ in what they declare.
 */
export function parseItems(text: string): ParsedBody {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'malformed', reason: 'the body is empty' };
  const whole = parse(trimmed);
  if (Array.isArray(whole)) return toItems(whole);
  if (whole !== NOT_JSON) return { kind: 'items', items: [whole] };
  if (trimmed.startsWith('[')) return { kind: 'malformed', reason: 'the body is not a JSON array' };
  return parseLines(trimmed);
}

function toItems(items: readonly unknown[]): ParsedBody {
  return items.length === 0 ? { kind: 'malformed', reason: 'the list is empty' } : { kind: 'items', items };
}

function parseLines(text: string): ParsedBody {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  if (lines.length === 1) return { kind: 'malformed', reason: 'the body is not JSON' };
  return { kind: 'items', items: lines.map(parse) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}
