import type { StoredRow } from './rows.ts';

/** How much one table may hold. */
export interface TableLimits {
  readonly maxRows: number;
  /** Counted as JSON of the items, in bytes; the rows in memory take a few times that. */
  readonly maxBytes: number;
}

/** The rows of one table, bounded: the oldest leaves first, and is counted. */
export class TableStore {
  readonly #limits: TableLimits;
  #rows: StoredRow[] = [];
  /** Rows before this one have left; they are cut off when they are the larger half. */
  #first = 0;
  #bytes = 0;
  #evicted = 0;

  constructor(limits: TableLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#rows.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Rows that had to leave since the start or the last {@link clear}. */
  get evicted(): number {
    return this.#evicted;
  }

  /** The rows, oldest first, as a list of the caller's own. */
  rows(): StoredRow[] {
    return this.#rows.slice(this.#first);
  }

  add(row: StoredRow): void {
    this.#rows.push(row);
    this.#bytes += row.bytes;
    while (this.size > this.#limits.maxRows || this.#bytes > this.#limits.maxBytes) this.#evictOldest();
  }

  clear(): void {
    this.#rows = [];
    this.#first = 0;
    this.#bytes = 0;
    this.#evicted = 0;
  }

  #evictOldest(): void {
    this.#bytes -= this.#rows[this.#first]?.bytes ?? 0;
    this.#first += 1;
    this.#evicted += 1;
    if (this.#first * 2 < this.#rows.length) return;
    this.#rows = this.rows();
    this.#first = 0;
  }
}
