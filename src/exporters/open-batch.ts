import { ItemWriter, type Item } from '../envelope/item.ts';

/** What an {@link OpenBatch} does with its entries. */
export interface OpenBatchParts<Entry> {
  /** Writes what becomes of an entry, and gives how many bytes that is. Never throws. */
  readonly encode: (entry: Entry, writer: ItemWriter) => number;
  /** Resolves when each item has ended or is held. Never rejects. */
  readonly send: (items: Item[]) => Promise<void>;
}

/** A batch in the making: it holds bytes, and no entry longer than it takes to turn it into some. */
export class OpenBatch<Entry> {
  readonly #parts: OpenBatchParts<Entry>;
  readonly #writer = new ItemWriter();
  #byteLength = 0;

  constructor(parts: OpenBatchParts<Entry>) {
    this.#parts = parts;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  add(entry: Entry): void {
    this.#byteLength += this.#parts.encode(entry, this.#writer);
  }

  /** Hands all of it over, once, at the end. Resolves when each item has ended or is held. */
  send(): Promise<void> {
    return this.#parts.send(this.#writer.items);
  }
}
