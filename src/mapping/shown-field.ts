import type { MappingContext, MappingOptions } from './context.ts';
import { toField } from './field.ts';
import { inOnePiece, quoted, type JsonMembers } from './json-text.ts';
import { FIELD_LIMITS, TAG_LIMITS } from './limits.ts';
import { redactBare } from './redaction.ts';

/** Longer texts are seldom the same twice. */
const MAX_REMEMBERED_LENGTH = 1024;

/**
 * A field of the rows that one place in a program makes: most often it shows what it showed the last time, so that is
 * remembered.
 */
export class ShownField {
  readonly #lead: string;
  readonly #maxLength: number;
  readonly #maxRememberedLength: number;
  /** What is shown of nothing. */
  readonly #nothing: JsonMembers;
  #value: string | undefined;
  #options: MappingOptions | undefined;
  #member: JsonMembers = '';
  #isRepeated = false;

  /** Without a value the field is left out, or shows `otherwise`. */
  constructor(key: string, maxLength: number, otherwise?: string) {
    this.#lead = inOnePiece(`,${quoted(key)}:`);
    this.#maxLength = maxLength;
    // What is cut has to be counted each time.
    this.#maxRememberedLength = Math.min(maxLength, MAX_REMEMBERED_LENGTH);
    this.#nothing = otherwise === undefined ? '' : inOnePiece(this.#lead + quoted(otherwise));
  }

  /** {@link toField}, as a member behind a comma. */
  show(value: unknown, context: MappingContext): JsonMembers {
    if (value === undefined) return this.#nothing;
    if (value === this.#value && context.options === this.#options) return this.#repeat();
    if (typeof value !== 'string' || value.length > this.#maxRememberedLength) return this.#write(value, context);
    const bare = redactBare(value, context.options);
    this.#member = bare === undefined || isBlank(bare) ? this.#write(value, context) : `${this.#lead}"${bare}"`;
    this.#value = value;
    this.#options = context.options;
    this.#isRepeated = false;
    return this.#member;
  }

  #write(value: unknown, context: MappingContext): JsonMembers {
    const field = toField(value, this.#maxLength, context);
    return field === undefined ? this.#nothing : this.#lead + quoted(field);
  }

  #repeat(): JsonMembers {
    if (this.#isRepeated) return this.#member;
    this.#isRepeated = true;
    this.#member = inOnePiece(this.#member);
    return this.#member;
  }
}

function isBlank(text: string): boolean {
  return !(text.charCodeAt(0) > 0x20) && text.trim() === '';
}

/** The fields of the rows that one place in a program makes. */
export class ShownFields {
  readonly name: ShownField = new ShownField('name', FIELD_LIMITS.name, 'n/a');
  readonly url: ShownField = new ShownField('url', FIELD_LIMITS.url);
  readonly source: ShownField = new ShownField('source', FIELD_LIMITS.source);
  readonly responseCode: ShownField = new ShownField('responseCode', FIELD_LIMITS.resultCode, '0');
  readonly resultCode: ShownField = new ShownField('resultCode', FIELD_LIMITS.resultCode, '0');
  readonly type: ShownField = new ShownField('type', FIELD_LIMITS.type, 'Dependency');
  readonly target: ShownField = new ShownField('target', FIELD_LIMITS.target);
  readonly data: ShownField = new ShownField('data', FIELD_LIMITS.data);
  readonly operationName: ShownField = tag('ai.operation.name');
  readonly requestName: ShownField = tag('ai.operation.name', 'n/a');
  readonly userId: ShownField = tag('ai.user.id');
  readonly authenticatedUserId: ShownField = tag('ai.user.authUserId');
  readonly sessionId: ShownField = tag('ai.session.id');
  readonly clientIp: ShownField = tag('ai.location.ip');
  readonly userAgent: ShownField = tag('ai.user.userAgent');
}

/** A tag as a field. */
export function tag(key: keyof typeof TAG_LIMITS, otherwise?: string): ShownField {
  return new ShownField(key, TAG_LIMITS[key], otherwise);
}
