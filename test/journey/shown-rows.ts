import type { ClassicTableName, LocalMonitor } from 'azure-monitor-local';

/** A row's columns that hold something. */
export type ShownRow = Readonly<Record<string, unknown>>;

/** When the span of `signals.mjs` begins, for its environment: a minute ago, at a whole second. */
export function startMillis(): number {
  return Math.floor(Date.now() / 1000) * 1000 - 60_000;
}

/**
 * The rows of a table in the order of their times, as a test can compare them with literals: without the row's random id
 * and without columns that are empty, and with `millis` after the start in place of `timestamp`. A metric's time is that
 * of its collection and left out.
 */
export function shownRows(monitor: LocalMonitor, table: ClassicTableName, start: number): ShownRow[] {
  const rows = monitor.rows(table).toSorted((a, b) => a.timestamp.getTime() - b.timestamp.getTime());
  return rows.map(({ itemId, timestamp, ...columns }) => {
    const held = Object.entries(columns).filter(([, value]) => !isEmpty(value));
    return { ...(table !== 'customMetrics' && { millis: timestamp.getTime() - start }), ...Object.fromEntries(held) };
  });
}

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
