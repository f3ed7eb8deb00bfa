import { framedBytes, lengthsOf, pack, packNow, splitByBytes, unpack } from './body.ts';
import type { Item, Signal } from './item.ts';
import { Ticket } from './ticket.ts';

/** Neighbouring items of a parcel that came with the same batch. */
export interface Share {
  readonly ticket: Ticket;
  readonly signal: Signal;
  readonly count: number;
}

/** How often the parts of a parcel may still be divided further. All of them share one. */
export interface Divisions {
  left: number;
}

/** Items as a compressed body. */
export interface Packed {
  readonly body: Uint8Array;
  /** Of each item before compression. */
  readonly lengths: readonly number[];
}

/**
 * The items of one request body, from one batch or from several small ones.
 *
 * Compressed once, in memory and on the wire the same bytes; taken apart again only when the service wants some of the
 * items back.
 */
export class Parcel {
  /** When its oldest item was handed over, on the monotonic clock. */
  readonly sinceMillis: number;
  /** Set once the service refused these items, as part of a larger body. */
  readonly divisions: Divisions | undefined;
  /** Whether it was sent again although the service may have taken it. Once is enough. */
  wasResent = false;
  #shares: Share[];
  #contents: Item[] | Packed;
  /** Of each item before compression. */
  #lengths: readonly number[];
  #framedBytes: number;
  #packing: Promise<Packed> | undefined;

  constructor(contents: Item[] | Packed, shares: Share[], sinceMillis: number, divisions?: Divisions) {
    this.#contents = contents;
    this.#shares = shares;
    this.#lengths = Array.isArray(contents) ? lengthsOf(contents) : contents.lengths;
    this.#framedBytes = framedBytes(this.#lengths);
    this.sinceMillis = sinceMillis;
    this.divisions = divisions;
  }

  get count(): number {
    return this.#lengths.length;
  }

  /** How long its body is before compression. */
  get framedBytes(): number {
    return this.#framedBytes;
  }

  /** What it takes up in memory. */
  get heldBytes(): number {
    return Array.isArray(this.#contents) ? this.#framedBytes : this.#contents.body.byteLength;
  }

  /** Whether its body is compressed. */
  get isPacked(): boolean {
    return !Array.isArray(this.#contents);
  }

  get shares(): readonly Share[] {
    return this.#shares;
  }

  /** Takes over what is in `other`, if both are still loose and fit into `maxBytes` together. */
  absorb(other: Parcel, maxBytes: number): boolean {
    if (!this.#isOpen || !other.#isOpen || this.#framedBytes + other.#framedBytes > maxBytes) return false;
    this.#contents = (this.#contents as Item[]).concat(other.#contents as Item[]);
    this.#lengths = this.#lengths.concat(other.#lengths);
    this.#shares.push(...other.#shares);
    this.#framedBytes += other.#framedBytes - 1;
    return true;
  }

  /** The compressed body. Closes the parcel. */
  async pack(): Promise<Uint8Array> {
    return (await this.packed()).body;
  }

  /** The same with the lengths of the items in it. */
  packed(): Promise<Packed> {
    this.#packing ??= this.#pack().finally(() => (this.#packing = undefined));
    return this.#packing;
  }

  /** The same without waiting, for a process that ends. */
  packedNow(): Packed {
    const contents = this.#contents;
    const lengths = this.#lengths;
    return Array.isArray(contents) ? { body: packNow(contents, lengths), lengths } : contents;
  }

  /** Tells those who handed the items over that they are on disk, and follows them no longer on their behalf. */
  leaveToDisk(): void {
    const shares = this.#shares;
    const ticket = new Ticket(this.count);
    this.#shares = shares.map(share => ({ ...share, ticket }));
    for (const { ticket, count } of shares) ticket.store(count);
  }

  /** The parcel of these items alone; `undefined` for none. Positions rise. */
  async pick(positions: readonly number[]): Promise<Parcel | undefined> {
    if (positions.length === 0) return undefined;
    const items = await this.#unpack();
    const picked = positions.map(position => items[position]).filter(item => item !== undefined);
    return new Parcel(picked, this.sharesOf(positions), this.sinceMillis);
  }

  /** The same items in two parcels, or in as many as `maxBytes` asks for. */
  async divide(divisions: Divisions | undefined, maxBytes?: number): Promise<Parcel[]> {
    const items = await this.#unpack();
    const middle = Math.ceil(items.length / 2);
    const parts =
      maxBytes === undefined ? [items.slice(0, middle), items.slice(middle)] : splitByBytes(items, maxBytes);
    let start = 0;
    return parts.map(part => {
      const positions = part.map((_, index) => start + index);
      start += part.length;
      return new Parcel(part, this.sharesOf(positions), this.sinceMillis, divisions);
    });
  }

  /** To whom the items at these positions belong. Positions rise. */
  sharesOf(positions: readonly number[]): Share[] {
    const counts = new Map<Share, number>();
    const owners = this.#shares.values();
    let owner = owners.next().value;
    let end = owner?.count ?? 0;
    for (const position of positions) {
      while (owner !== undefined && position >= end) {
        owner = owners.next().value;
        end += owner?.count ?? 0;
      }
      if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    return [...counts].map(([share, count]) => ({ ...share, count }));
  }

  get #isOpen(): boolean {
    return Array.isArray(this.#contents) && this.#packing === undefined && this.divisions === undefined;
  }

  async #pack(): Promise<Packed> {
    const contents = this.#contents;
    if (!Array.isArray(contents)) return contents;
    const lengths = this.#lengths;
    const packed = { body: await pack(contents, lengths), lengths };
    this.#contents = packed;
    return packed;
  }

  async #unpack(): Promise<Item[]> {
    const contents = this.#contents;
    return Array.isArray(contents) ? contents : unpack(contents.body, contents.lengths);
  }
}
