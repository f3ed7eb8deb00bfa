import type { MappingContext, MappingOptions } from './context.ts';
import { inOnePiece, quoted, type JsonMembers } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import { isOrdinaryKey, propertyText } from './properties.ts';
import { redactBare } from './redaction.ts';

/** Longer texts are seldom the same twice. */
const MAX_REMEMBERED_LENGTH = 256;

/** A property of the rows that one place in a program makes, which remembers what it showed the last time. */
export class ShownProperty {
  readonly #key: string;
  readonly #lead: JsonMembers;
  readonly #laterLead: JsonMembers;
  /** Whether the key says nothing of its value that would change how that one is shown. */
  readonly #isOrdinary: boolean;
  #value: unknown;
  #options: MappingOptions | undefined;
  #isFirst = false;
  #member: JsonMembers = '';
  #isRepeated = false;

  constructor(key: string) {
    this.#key = key;
    this.#lead = inOnePiece(`${quoted(key)}:`);
    this.#laterLead = inOnePiece(`,${quoted(key)}:`);
    this.#isOrdinary = isOrdinaryKey(key);
  }

  /** The property as a member of an object, behind a comma unless it `isFirst`; empty for what has no text. */
  show(value: unknown, isFirst: boolean, context: MappingContext): JsonMembers {
    if (value === this.#value && isFirst === this.#isFirst && context.options === this.#options) return this.#repeat();
    const member = this.#write(value, isFirst ? this.#lead : this.#laterLead, context);
    if (!isRemembered(value)) return member;
    this.#value = value;
    this.#options = context.options;
    this.#isFirst = isFirst;
    this.#member = member;
    this.#isRepeated = false;
    return member;
  }

  #repeat(): JsonMembers {
    if (this.#isRepeated) return this.#member;
    this.#isRepeated = true;
    this.#member = inOnePiece(this.#member);
    return this.#member;
  }

  #write(value: unknown, lead: JsonMembers, context: MappingContext): JsonMembers {
    if (this.#isOrdinary && typeof value === 'number') return `${lead}"${value}"`;
    const isWhole = typeof value === 'string' && value.length <= FIELD_LIMITS.property;
    const bare = this.#isOrdinary && isWhole ? redactBare(value, context.options) : undefined;
    if (bare !== undefined) return `${lead}"${bare}"`;
    const text = propertyText(this.#key, value, context.options, context.omissions);
    return text === undefined ? '' : lead + quoted(text);
  }
}

/** What can be changed has to be looked at each time. */
function isRemembered(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_REMEMBERED_LENGTH;
  return typeof value === 'number' || typeof value === 'boolean';
}
