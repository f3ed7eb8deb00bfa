import type { Fault } from './fault.ts';
import type { Received } from './receipts.ts';
import type { Row } from './row-types.ts';
import type { ClassicTableName, TableName } from './tables.ts';
import type { Warning } from './warnings.ts';

/** The port `azure-monitor-local` listens on when none is given. */
export const DEFAULT_PORT = 24480;

/** The instrumentation key in every connection string of a local monitor. Any other key is taken as well. */
export const LOCAL_INSTRUMENTATION_KEY = '10ca1000-0000-4000-8000-000000000000';

/** How a local monitor is to be. */
export interface LocalMonitorOptions {
  /** The port on 127.0.0.1; 0 or none takes a free one. */
  readonly port?: number | undefined;
  /**
   * Whether items that Azure would refuse are refused here too, with its status and message. Without it such an item
   * is a warning and a row all the same; only what no row can be made of is refused.
   *
   * @defaultValue false
   */
  readonly strict?: boolean | undefined;
  /** The rows a table keeps; the oldest leaves first. 50,000 when not given. */
  readonly maxRowsPerTable?: number | undefined;
  /** The items a table keeps, in bytes of JSON. 64 MiB when not given. */
  readonly maxBytesPerTable?: number | undefined;
  /** The largest body on the wire, in bytes; a larger one is answered 413. 16 MiB when not given. */
  readonly maxBodyBytes?: number | undefined;
  /** The largest body after gunzip, in bytes; a larger one is answered 413. 64 MiB when not given. */
  readonly maxInflatedBytes?: number | undefined;
}

/** What to wait for. */
export interface WaitForOptions {
  /** 5000 when not given. */
  readonly timeoutMillis?: number | undefined;
  /** How many rows must match; 1 when not given. */
  readonly count?: number | undefined;
}

/** What one table holds. */
export interface TableCounts {
  readonly rows: number;
  /** The items as JSON, in bytes. */
  readonly bytes: number;
  /** Rows that had to leave for newer ones. */
  readonly evicted: number;
}

/** A row that has just arrived, with the classic name of its table. */
export type Arrival = { [T in ClassicTableName]: { readonly table: T; readonly row: Row<T> } }[ClassicTableName];

/** Application Insights on loopback, until closed. */
export interface LocalMonitor {
  /** `http://127.0.0.1:PORT`. The same port answers HTTPS, with the certificate in {@link caFile}. */
  readonly url: string;
  /** For `APPLICATIONINSIGHTS_CONNECTION_STRING` or an exporter's option. */
  readonly connectionString: string;
  /** A PEM file for `NODE_EXTRA_CA_CERTS`, for senders that insist on HTTPS. Gone after {@link close}. */
  readonly caFile: string;
  /** The rows of a table, oldest first. `requests` has the classic column names, `AppRequests` the workspace's. */
  rows<T extends TableName>(table: T): Row<T>[];
  /**
   * Resolves with all rows that match, as soon as there is one, or as many as `count` says. Rejects when the time is
   * over, saying what arrived instead.
   */
  waitFor<T extends TableName>(
    table: T,
    predicate: (row: Row<T>) => boolean,
    options?: WaitForOptions,
  ): Promise<Row<T>[]>;
  /** What each table holds, by classic name. */
  counts(): Record<ClassicTableName, TableCounts>;
  /** Calls the listener with each row as it arrives; returns the function that ends that. */
  onRow(listener: (arrival: Arrival) => void): () => void;
  /**
   * Lets the next track requests meet these faults, one after the other, after those that are still to come. Throws
   * for a fault that contradicts itself.
   */
  failNext(fault: Fault | readonly Fault[]): void;
  /** What has become of everything that was sent: copies, and what faults kept out. */
  received(): Received;
  /** What Azure would reject, cut or show oddly. The first 1000. */
  warnings(): readonly Warning[];
  /** Throws when there is any warning, listing them. */
  assertClean(): void;
  /** Forgets rows, counts, warnings, receipts and faults, as if just started. */
  clear(): void;
  /** Frees port, connections and files; rejects what still waits. A second call does nothing. */
  close(): Promise<void>;
}
