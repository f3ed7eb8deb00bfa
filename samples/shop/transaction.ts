import type { LocalMonitor, Row } from 'azure-monitor-local';

/** A row of any table as one step of a transaction. */
export interface Entry {
  readonly id: string;
  readonly parentId: string;
  readonly label: string;
  /** The service it is from. */
  readonly role: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** In milliseconds; `undefined` for what has only a moment: messages, exceptions, events. */
  readonly duration: number | undefined;
  readonly failed: boolean;
}

/** Everything that has this `operation_Id`, whatever its table and process, oldest first. */
export function entriesOf(monitor: LocalMonitor, operationId: string): Entry[] {
  const spans = [...monitor.rows('requests'), ...monitor.rows('dependencies')].map(spanEntry);
  const moments = [
    ...monitor.rows('traces').map(row => momentEntry(row, row.message)),
    ...monitor.rows('exceptions').map(row => momentEntry(row, `${row.type}: ${row.message}`)),
    ...monitor.rows('customEvents').map(row => momentEntry(row, `event ${row.name}`)),
  ];
  return [...spans, ...moments].filter(entry => entry.operationId === operationId).sort((a, b) => a.start - b.start);
}

/** The slowest checkout that every service had a part in and that went well, by its `operation_Id`. */
export function slowestCheckout(monitor: LocalMonitor): string {
  const complete = new Set(monitor.rows('customEvents').map(row => row.operation_Id));
  const [slowest] = monitor
    .rows('requests')
    .filter(row => row.name === 'POST /checkout' && row.success === 'True' && complete.has(row.operation_Id))
    .sort((a, b) => b.duration - a.duration);
  return slowest?.operation_Id ?? '';
}

type SpanRow = Row<'requests'> | Row<'dependencies'>;
type MomentRow = Row<'traces'> | Row<'exceptions'> | Row<'customEvents'>;

function spanEntry(row: SpanRow): Entry & { operationId: string } {
  return {
    operationId: row.operation_Id,
    id: row.id,
    parentId: row.operation_ParentId,
    label: row.name,
    role: row.cloud_RoleName,
    start: row.timestamp.getTime(),
    duration: row.duration,
    failed: row.success === 'False',
  };
}

function momentEntry(row: MomentRow, label: string): Entry & { operationId: string } {
  return {
    operationId: row.operation_Id,
    id: row.itemId,
    parentId: row.operation_ParentId,
    label,
    role: row.cloud_RoleName,
    start: row.timestamp.getTime(),
    duration: undefined,
    failed: row.itemType === 'exception',
  };
}
