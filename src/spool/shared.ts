import type { Clock } from './clock.ts';
import type { FileSystem } from './file-system.ts';
import type { Health } from './health.ts';
import type { Place } from './place.ts';
import type { Stock } from './stock.ts';

/** How long things take, in milliseconds. */
export interface SpoolTiming {
  /** How long a file stays ours without renewal. It is renewed three times as often. */
  readonly leaseMillis: number;
  /** Between two looks at what others have put into the folder. */
  readonly scanMillis: number;
  /** How long a disk that failed, or a file that could not be read, is left alone. */
  readonly retryMillis: number;
  /** How old an item may become. */
  readonly maxAgeMillis: number;
}

/** What the parts of one spool share. */
export interface Shared {
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly uid: number | undefined;
  /** Twelve hexadecimal digits: threads of a process have its id in common, so chance tells spools apart. */
  readonly id: string;
  /** For whom the items are. */
  readonly destination: string;
  readonly timing: SpoolTiming;
  readonly place: Place;
  readonly stock: Stock;
  /** Of putting files there, and of taking them. A full disk stops the first alone. */
  readonly writing: Health;
  readonly taking: Health;
}
