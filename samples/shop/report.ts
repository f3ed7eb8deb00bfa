/** What a look at the tables and Azure's Performance view would show, computed from the local monitor's rows. */
import type { ClassicTableName, LocalMonitor } from 'azure-monitor-local';
import { cut, grid } from './grid.ts';

/** The tables in which the shop leaves rows, by their names in Application Insights. */
export const TABLES: readonly ClassicTableName[] = [
  'requests',
  'dependencies',
  'traces',
  'exceptions',
  'customMetrics',
  'customEvents',
];

const MAX_OPERATIONS = 10;
const MESSAGE_WIDTH = 48;

/** One line a table: how many rows each role has sent, and all together. */
export function rowsPerTable(monitor: LocalMonitor): string {
  const roles = [...new Set(monitor.rows('requests').map(row => row.cloud_RoleName))].sort((a, b) =>
    a.localeCompare(b),
  );
  const lines = TABLES.map(table => {
    const sources = monitor.rows(table).map(row => row.cloud_RoleName);
    return [table, ...roles.map(role => sources.filter(source => source === role).length), sources.length];
  });
  return grid(['table', ...roles, 'all rows'], lines);
}

/** The operations with the slowest 95th percentile: the columns of the Performance view, times in milliseconds. */
export function slowestOperations(monitor: LocalMonitor): string {
  const lines = groupBy(monitor.rows('requests'), row => `${row.cloud_RoleName} ${row.operation_Name}`)
    .map(rows => ({ rows, durations: rows.map(row => row.duration).sort((a, b) => a - b) }))
    .sort((a, b) => percentile(b.durations, 0.95) - percentile(a.durations, 0.95))
    .slice(0, MAX_OPERATIONS)
    .map(({ rows, durations }) => [
      rows[0].operation_Name,
      rows[0].cloud_RoleName,
      rows.length,
      percentile(durations, 0.5).toFixed(0),
      percentile(durations, 0.95).toFixed(0),
      rows.filter(row => row.success === 'False').length,
    ]);
  return grid(['operation', 'role', 'count', 'p50 ms', 'p95 ms', 'failed'], lines);
}

/** The exceptions by the problem they are, most frequent first, as in the Failures view. */
export function exceptions(monitor: LocalMonitor): string {
  const lines = groupBy(monitor.rows('exceptions'), row => row.problemId)
    .sort((a, b) => b.length - a.length)
    .map(rows => [rows[0].problemId, rows[0].cloud_RoleName, rows.length, cut(rows[0].message, MESSAGE_WIDTH)]);
  return grid(['problem', 'role', 'count', 'message'], lines);
}

type Group<R> = [R, ...R[]];

function groupBy<R>(rows: readonly R[], keyOf: (row: R) => string): Group<R>[] {
  const groups = new Map<string, Group<R>>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The smallest of the sorted values that is not below the given share of them. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
