import type { MappingContext, MappingOptions } from './context.ts';
import { inOnePiece, quoted, type JsonMembers } from './json-text.ts';
import { isOrdinaryKey, propertyText } from './properties.ts';
import { redactBare } from './redaction.ts';

/** Longer texts are seldom the same twice. */
const MAX_REMEMBERED_LENGTH = 1024;

/** A property of the rows that one place in a program makes, which remembers what it showed the last time. */
export class ShownProperty {
  readonly #key: string;
  readonly #lead: JsonMembers;
  /** Whether the key says nothing of its value that would change how that one is shown. */
  readonly #isOrdinary: boolean;
  #value: unknown;
  #options: MappingOptions | undefined;
  /** As the first member, and as a later one. */
  #first: JsonMembers = '';
  #later: JsonMembers = '';
  #isRepeated = false;

  constructor(key: string) {
    this.#key = key;
    this.#lead = `${quoted(key)}:`;
    this.#isOrdinary = isOrdinaryKey(key);
  }

  /** The property as a member of an object, behind a comma unless it `isFirst`; empty for what has no text. */
  show(value: unknown, isFirst: boolean, context: MappingContext): JsonMembers {
    if (value !== this.#value || context.options !== this.#options) {
      const member = this.#write(value, context);
      if (!isRemembered(value)) return member === '' || isFirst ? member : `,${member}`;
      this.#value = value;
      this.#options = context.options;
      this.#first = member;
      this.#later = member === '' ? '' : `,${member}`;
      this.#isRepeated = false;
    } else if (!this.#isRepeated) this.#repeat();
    return isFirst ? this.#first : this.#later;
  }

  #repeat(): void {
    this.#isRepeated = true;
    this.#first = inOnePiece(this.#first);
    this.#later = inOnePiece(this.#later);
  }

  #write(value: unknown, context: MappingContext): JsonMembers {
    if (this.#isOrdinary && isShort(value)) {
      const bare = typeof value === 'number' ? value : redactBare(value, context.options);
      if (bare !== undefined) return `${this.#lead}"${bare}"`;
    }
    const text = propertyText(this.#key, value, context.options, context.omissions);
    return text === undefined ? '' : this.#lead + quoted(text);
  }
}

/** What is cut has to be counted each time, and what can be changed has to be looked at each time. */
function isRemembered(value: unknown): boolean {
  return isShort(value) || typeof value === 'boolean';
}

function isShort(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_REMEMBERED_LENGTH);
}
