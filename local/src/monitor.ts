import { inspect } from 'node:util';
import { makeCertificate, type Certificate } from './certificate.ts';
import type { Fault } from './fault.ts';
import { Intake } from './intake.ts';
import { listen, type Listener } from './listener.ts';
import {
  LOCAL_INSTRUMENTATION_KEY,
  type Arrival,
  type LocalMonitor,
  type LocalMonitorOptions,
  type TableCounts,
  type WaitForOptions,
} from './local-monitor.ts';
import type { Received } from './receipts.ts';
import type { Row } from './row-types.ts';
import type { StoredRow } from './rows.ts';
import { requestListener } from './server.ts';
import type { TableStore } from './table-store.ts';
import { CLASSIC_TABLE_NAMES, classicTableName, type ClassicTableName, type TableName } from './tables.ts';
import { waitForRows } from './wait-for.ts';
import type { Warning } from './warnings.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Starts Application Insights on loopback: senders post to it, tests read the rows Azure would show.
 *
 * Rejects where the port is taken.
 */
export async function startLocalMonitor(options: LocalMonitorOptions = {}): Promise<LocalMonitor> {
  const { maxRowsPerTable = 50_000, maxBytesPerTable = 64 * MEBIBYTE } = options;
  const { maxBodyBytes = 16 * MEBIBYTE, maxInflatedBytes = 64 * MEBIBYTE } = options;
  const intake = new Intake({ maxRows: maxRowsPerTable, maxBytes: maxBytesPerTable }, options.strict ?? false);
  const limits = { maxBytes: maxBodyBytes, maxInflatedBytes };
  const certificate = await makeCertificate();
  try {
    const listener = await listen(options.port ?? 0, certificate, requestListener(intake, limits));
    return new Monitor(intake, listener, certificate);
  } catch (error) {
    await certificate.remove();
    throw error;
  }
}

class Monitor implements LocalMonitor {
  readonly url: string;
  readonly connectionString: string;
  readonly caFile: string;
  readonly #intake: Intake;
  readonly #listener: Listener;
  readonly #certificate: Certificate;
  #closed: Promise<void> | undefined;

  constructor(intake: Intake, listener: Listener, certificate: Certificate) {
    this.#intake = intake;
    this.#listener = listener;
    this.#certificate = certificate;
    this.url = `http://127.0.0.1:${listener.port}`;
    this.connectionString = `InstrumentationKey=${LOCAL_INSTRUMENTATION_KEY};IngestionEndpoint=${this.url}/`;
    this.caFile = certificate.file;
  }

  rows<T extends TableName>(table: T): Row<T>[] {
    return this.#table(table).rows().map(viewOf(table));
  }

  async waitFor<T extends TableName>(
    table: T,
    predicate: (row: Row<T>) => boolean,
    { timeoutMillis = 5000, count = 1 }: WaitForOptions = {},
  ): Promise<Row<T>[]> {
    const view = viewOf(table);
    const found = await waitForRows(this.#intake.feed, {
      present: this.#table(table).rows(),
      matches: row => row.table === classicTableName(table) && predicate(view(row)),
      count,
      timeoutMillis,
      describe: () => this.#describe(table),
    });
    return found.map(view);
  }

  counts(): Record<ClassicTableName, TableCounts> {
    const counts = CLASSIC_TABLE_NAMES.map(name => {
      const { size, bytes, evicted } = this.#table(name);
      return [name, { rows: size, bytes, evicted }] as const;
    });
    return Object.fromEntries(counts) as Record<ClassicTableName, TableCounts>;
  }

  onRow(listener: (arrival: Arrival) => void): () => void {
    return this.#intake.feed.subscribe({
      onRows: rows => {
        for (const { table, classic } of rows) listener({ table, row: classic } as unknown as Arrival);
      },
    });
  }

  failNext(fault: Fault | readonly Fault[]): void {
    this.#intake.faults.add([fault].flat());
  }

  received(): Received {
    return this.#intake.receipts.summary();
  }

  warnings(): readonly Warning[] {
    return this.#intake.warnings.all();
  }

  assertClean(): void {
    this.#intake.warnings.assertNone();
  }

  clear(): void {
    this.#intake.clear();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#intake.feed.close();
    await Promise.all([this.#listener.close(), this.#certificate.remove()]);
  }

  #table(name: TableName): TableStore {
    const classic = classicTableName(name);
    const table = classic === undefined ? undefined : this.#intake.tables.get(classic);
    if (table !== undefined) return table;
    throw new TypeError(`No table is named ${JSON.stringify(name)}. There are ${CLASSIC_TABLE_NAMES.join(', ')}.`);
  }

  /** What a test that waited in vain wants to see. */
  #describe(table: TableName): string {
    const counts = Object.entries(this.counts()).filter(([, { rows }]) => rows > 0);
    if (counts.length === 0) return 'No row has arrived in any table.';
    const last = this.rows(table).slice(-3);
    const arrived = `Arrived: ${counts.map(([name, { rows }]) => `${name} ${rows}`).join(', ')}.`;
    return last.length === 0 ? arrived : `${arrived} The last of ${table}:\n${last.map(inOneLine).join('\n')}`;
  }
}

/** A row without the columns that say nothing. */
function inOneLine(row: object): string {
  const telling = Object.entries(row).filter(([, value]) => value !== '' && value !== null);
  return inspect(Object.fromEntries(telling), { breakLength: Infinity, compact: true, maxStringLength: 200 });
}

/** The columns of a stored row, by the classic or the workspace names as the name of the table asks. */
function viewOf<T extends TableName>(table: T): (row: StoredRow) => Row<T> {
  const isClassic = classicTableName(table) === table;
  return row => (isClassic ? row.classic : row.workspace) as Row<T>;
}
