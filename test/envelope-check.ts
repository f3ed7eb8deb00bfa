import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';

const schema = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'envelope-schema.json'), 'utf8'),
) as AnySchemaObject;
// `unicode: false` counts code units, as the limits do; the option's own warning is not for the reader of a test.
const matches = new Ajv({ unicode: false, logger: false }).compile(schema);

/** What is wrong with an item as the service would read it; empty when nothing is. */
export function faultsOf(item: Uint8Array): string[] {
  const text = Buffer.from(item).toString('utf8');
  const envelope: unknown = JSON.parse(text);
  const faults = [...textsOf(envelope)].filter(each => !each.isWellFormed()).map(each => `ill-formed: ${each}`);
  // Numbers and texts have one form each, so only a member that is there twice makes it longer.
  if (JSON.stringify(envelope).length !== text.length) faults.push('a member is there twice');
  if (!matches(envelope))
    faults.push(...(matches.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
  return faults;
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield key;
    yield* textsOf(member);
  }
}
