import { totalOf, type Counts } from './counts.ts';

/**
 * What the name of a file in the spool says, so that a folder is known by reading its list of names alone.
 *
 * A batch that waits is `<created>-<writer>-<sequence>.<counts>.<bytes>.q`, such as
 * `1763830000000-8f14e45fceea-7.12t3m.4096.q`. Names sort by age. While somebody holds the file, a claim follows:
 * `.L<holder>.<until>` for a lease, `.T<holder>.<until>` for a file that is still being written.
 */
export interface FileName {
  /** The name without the claim, under which the file waits. */
  readonly batch: string;
  /** When the oldest item was handed over, by the wall clock of its writer. */
  readonly createdMillis: number;
  readonly counts: Counts;
  readonly items: number;
  /** Of the whole file. */
  readonly bytes: number;
  readonly claim?: Claim;
}

/** Somebody is at work on the file. */
export interface Claim {
  readonly purpose: 'lease' | 'temporary';
  /** The spool that made the claim. */
  readonly holder: string;
  /** When the claim lapses, by the wall clock of its holder, unless it is renewed. */
  readonly untilMillis: number;
}

/** What a name is made from. */
export interface BatchFacts {
  readonly createdMillis: number;
  /** Twelve hexadecimal digits that no other spool has. */
  readonly writer: string;
  /** A number this writer has not used before. */
  readonly sequence: number;
  readonly counts: Counts;
  readonly bytes: number;
}

const PATTERN =
  /^((\d{13})-[0-9a-f]{12}-\d{1,12}\.((?:\d{1,7}[a-z])+)\.(\d{1,8})\.q)(?:\.([LT])([0-9a-f]{12})\.(\d{13}))?$/;

/** Names the file of a batch. */
export function formatBatchName({ createdMillis, writer, sequence, counts, bytes }: BatchFacts): string {
  const kinds = Object.entries(counts).map(([kind, count]) => `${count}${kind}`);
  return `${formatMillis(createdMillis)}-${writer}-${sequence}.${kinds.join('')}.${bytes}.q`;
}

/** Names the file of a batch while it is claimed. */
export function formatClaimedName(batch: string, { purpose, holder, untilMillis }: Claim): string {
  return `${batch}.${purpose === 'lease' ? 'L' : 'T'}${holder}.${formatMillis(untilMillis)}`;
}

/** Reads a name; `undefined` when it is not one of ours. */
export function parseFileName(name: string): FileName | undefined {
  const [, batch, created, kinds, bytes, letter, holder, until] = PATTERN.exec(name) ?? [];
  if (batch === undefined || kinds === undefined) return undefined;
  const counts = parseCounts(kinds);
  const facts = { batch, createdMillis: Number(created), counts, items: totalOf(counts), bytes: Number(bytes) };
  if (holder === undefined) return facts;
  const purpose = letter === 'L' ? 'lease' : 'temporary';
  return { ...facts, claim: { purpose, holder, untilMillis: Number(until) } };
}

/** Thirteen digits last until the year 2286. A clock that was never set may show less, or nonsense. */
function formatMillis(millis: number): string {
  return String(Math.min(Math.max(0, Math.floor(millis)), 9_999_999_999_999)).padStart(13, '0');
}

function parseCounts(kinds: string): Counts {
  const counts: Record<string, number> = {};
  for (const [, count, kind] of kinds.matchAll(/(\d+)([a-z])/g)) counts[String(kind)] = Number(count);
  return counts;
}
