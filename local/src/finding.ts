/**
 * What becomes of a finding:
 *
 * - `unusable`: no row can be made of the item, so it is refused, here as in Azure;
 * - `refused`: Azure refuses such an item. The monitor keeps the row all the same, unless it is strict;
 * - `cut`: Azure keeps the item and cuts the value, and so does the row here;
 * - `odd`: Azure takes it, and the user will probably miss or misread it there.
 */
export type Effect = 'unusable' | 'refused' | 'cut' | 'odd';

/** One thing about one item that Azure would reject, cut or show oddly. */
export interface Finding {
  /** The path in the envelope: `data.name`, `tags.ai.cloud.role`, `data.properties.user`. */
  readonly field: string;
  /** What was expected, in words: `at most 1024 characters`. */
  readonly limit: string;
  /** What stood there, in words, never longer than a line: `1169 characters`. */
  readonly found: string;
  readonly effect: Effect;
  /** The text of the service's own answer, for those findings that refuse an item. */
  readonly answer: string;
}

/** Where a field stands: its path for people, its name and owning type as the service's answers name them. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly owner: string;
}

/** A required field is absent, null or empty. */
export function missing(place: Place, expected: string, value: unknown): Finding {
  const actual = value === undefined || value === null ? String(value) : '';
  const answer = `109: ${fieldOn(place)} is required but missing or empty. Expected: ${expected}, Actual: ${actual}`;
  return { field: place.path, limit: 'required', found: inWords(value), effect: 'unusable', answer };
}

/** A field holds what cannot be read as its type. */
export function wrongType(place: Place, expected: string, value: unknown): Finding {
  const answer = `106: ${fieldOn(place)} is of incorrect type. Expected: ${expected}, Actual: ${typeof value}`;
  return { field: place.path, limit: `a ${expected}`, found: inWords(value), effect: 'unusable', answer };
}

/** A text is longer than the service takes. */
export function tooLong(place: Place, max: number, length: number): Finding {
  return {
    field: place.path,
    limit: `at most ${max} characters`,
    found: `${length} characters`,
    effect: 'refused',
    answer: `100: ${fieldOn(place)} is too long. Expected: ${max} characters, Actual: ${length}`,
  };
}

/** A finding with an effect of its own; `answer` only matters where that effect refuses the item. */
export function finding(
  field: string,
  limit: string,
  value: unknown,
  effect: Effect,
  answer: string = `Field '${field}': expected ${limit}`,
): Finding {
  return { field, limit, found: inWords(value), effect, answer };
}

/** A value on one line: texts quoted and cut, containers only named. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return 'an object';
  return value.length <= MAX_QUOTED ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, MAX_QUOTED))}…`;
}

const MAX_QUOTED = 80;

function fieldOn(place: Place): string {
  return `Field '${place.name}' on type '${place.owner}'`;
}
