import type { Effect } from './finding.ts';
import type { TrackedItem } from './track.ts';

/** One thing Azure would reject, cut or show oddly, and the item it was found in. */
export interface Warning {
  /** The path in the envelope: `data.name`, `tags.ai.cloud.role`. */
  readonly field: string;
  /** What was expected, in words. */
  readonly limit: string;
  /** What stood there, in words. */
  readonly found: string;
  /** The item: `RequestData "GET /orders"`. */
  readonly item: string;
  /** What Azure does with such an item. */
  readonly effect: Effect;
}

const MAX_KEPT = 1000;
const MAX_LISTED = 20;

/** The warnings so far. The first thousand are kept, since the first says most; all are counted. */
export class Warnings {
  #kept: Warning[] = [];
  #count = 0;

  all(): readonly Warning[] {
    return [...this.#kept];
  }

  add(items: readonly TrackedItem[]): void {
    for (const { label, findings } of items) {
      for (const { field, limit, found, effect } of findings) this.#add({ field, limit, found, item: label, effect });
    }
  }

  clear(): void {
    this.#kept = [];
    this.#count = 0;
  }

  /** Throws when there is any, listing the first of them. */
  assertNone(): void {
    if (this.#count === 0) return;
    const lines = this.#kept.slice(0, MAX_LISTED).map(inOneLine);
    if (this.#count > lines.length) lines.push(`and ${this.#count - lines.length} more`);
    const things = this.#count === 1 ? '1 thing' : `${this.#count} things`;
    throw new Error(`Azure would reject, cut or show oddly ${things}:\n${lines.map(line => `  ${line}`).join('\n')}`);
  }

  #add(warning: Warning): void {
    this.#count += 1;
    if (this.#kept.length < MAX_KEPT) this.#kept.push(warning);
  }
}

function inOneLine({ field, limit, found, item, effect }: Warning): string {
  return `${field}: expected ${limit}, found ${found} (${effect}; ${item})`;
}
