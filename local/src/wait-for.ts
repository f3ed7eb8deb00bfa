import type { RowFeed } from './row-feed.ts';
import type { StoredRow } from './rows.ts';

/** What to wait for and for how long. */
export interface Wait {
  /** The rows that are there already, looked at first. */
  readonly present: readonly StoredRow[];
  readonly matches: (row: StoredRow) => boolean;
  /** How many rows must match. */
  readonly count: number;
  readonly timeoutMillis: number;
  /** Says what arrived instead, for the error. */
  readonly describe: () => string;
}

/** Resolves with all rows that match, as soon as there are enough; rejects when the time is over or the feed closes. */
export async function waitForRows(feed: RowFeed, wait: Wait): Promise<StoredRow[]> {
  const found = wait.present.filter(wait.matches);
  if (found.length >= wait.count) return found;
  let stop = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(late(wait, found.length))), wait.timeoutMillis);
      const unsubscribe = feed.subscribe({
        onRows: rows => {
          // A predicate that throws ends the wait, not the request that brought the row.
          attempt(() => found.push(...rows.filter(wait.matches)), reject);
          if (found.length >= wait.count) resolve();
        },
        onClosed: () => reject(new Error('The local monitor was closed while a test waited for rows')),
      });
      stop = () => {
        clearTimeout(timer);
        unsubscribe();
      };
    });
  } finally {
    stop();
  }
  return found;
}

function attempt(work: () => void, onError: (error: unknown) => void): void {
  try {
    work();
  } catch (error) {
    onError(error);
  }
}

function late(wait: Wait, found: number): string {
  const wanted = wait.count === 1 ? 'No row' : `Only ${found} of ${wait.count} rows`;
  return `${wanted} matched within ${wait.timeoutMillis} ms. ${wait.describe()}`;
}
