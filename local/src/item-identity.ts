import { createHash } from 'node:crypto';
import type { Envelope } from './envelope-check.ts';
import { toText } from './json.ts';
import type { BaseType } from './schema.ts';

/** The kinds whose `id` is the sender's own, one for each. */
const WITH_ID: ReadonlySet<BaseType> = new Set([
  'RequestData',
  'RemoteDependencyData',
  'AvailabilityData',
  'PageViewData',
]);

/**
 * What makes an item the same item when it arrives again: `operation id/id` for what has an id of its own, else a hash
 * of the whole, so that two messages of the same text, time and context count as one.
 *
 * @param json - the item as JSON
 */
export function identityOf({ type, tags, data }: Envelope, json: string): string {
  const id = WITH_ID.has(type) ? toText(data.id) : '';
  if (id !== '') return `${toText(tags['ai.operation.id'])}/${id}`;
  return createHash('sha256').update(json).digest('hex').slice(0, 32);
}
