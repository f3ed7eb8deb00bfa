/** One envelope, as JSON text. */
export type Row = string;

/**
 * One envelope, encoded: where its bytes are, which costs a tenth of a typed array that shows them. What the wire, the
 * disk and the `index` of a 206 answer count. Nobody parses it again.
 */
export interface Item {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** As large as what is compressed at a time; the first of a batch is smaller, since most batches are. */
const CHUNK_BYTES = 64 * 1024;
const FIRST_CHUNK_BYTES = 4 * 1024;
/** UTF-8 has at most so many bytes for a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;
const COMMA = 0x2c;

/**
 * Turns the rows of a batch into its items. The only place that knows how an item is encoded: UTF-8.
 *
 * Neighbours lie next to each other in memory, with a comma between them, as they will in a body.
 */
export class ItemWriter {
  readonly items: Item[] = [];
  #chunk: Buffer = Buffer.alloc(0);
  /** Of the chunk; to ask a typed array is dear. */
  #memory: ArrayBufferLike = this.#chunk.buffer;
  #chunkSize = 0;
  #used = 0;
  #chunkBytes = FIRST_CHUNK_BYTES;

  /** Adds a row, and gives how many bytes it has. */
  write(row: Row): number {
    const item = this.#toItem(row);
    this.items.push(item);
    return item.byteLength;
  }

  #toItem(row: Row): Item {
    const maxBytes = row.length * MAX_BYTES_PER_UNIT;
    if (maxBytes > CHUNK_BYTES / 2) return Buffer.from(row);
    if (this.#used + maxBytes >= this.#chunkSize) this.#open(maxBytes);
    const start = this.#used;
    const end = start + this.#chunk.write(row, start);
    this.#chunk[end] = COMMA;
    this.#used = end + 1;
    return { buffer: this.#memory, byteOffset: start, byteLength: end - start };
  }

  #open(minBytes: number): void {
    while (this.#chunkBytes <= minBytes) this.#chunkBytes *= 2;
    this.#chunk = Buffer.allocUnsafeSlow(this.#chunkBytes);
    this.#chunkSize = this.#chunkBytes;
    this.#memory = this.#chunk.buffer;
    this.#chunkBytes = Math.min(this.#chunkBytes * 2, CHUNK_BYTES);
    this.#used = 0;
  }
}
