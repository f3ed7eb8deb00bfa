import { randomUUID } from 'node:crypto';
import { readerOf } from './column-reader.ts';
import type { Envelope } from './envelope-check.ts';
import { toRowSource } from './row-source.ts';
import { CLASSIC_TABLE_NAMES, columnsOf, type ClassicTableName, type Column } from './tables.ts';

/** One item as both tables show it. */
export interface StoredRow {
  readonly table: ClassicTableName;
  readonly classic: Readonly<Record<string, unknown>>;
  readonly workspace: Readonly<Record<string, unknown>>;
  /** The length of the item as JSON, in bytes. */
  readonly bytes: number;
}

/**
 * Turns an accepted envelope into its row.
 *
 * @param bytes - the length of the item as JSON
 */
export function toRow(envelope: Envelope, bytes: number, itemId: string = randomUUID()): StoredRow {
  const source = toRowSource(envelope, bytes, itemId);
  const values = (READERS.get(source.table) ?? []).map(({ column, read }) => ({ column, value: read(source) }));
  return { table: source.table, classic: named(values, 'classic'), workspace: named(values, 'workspace'), bytes };
}

interface ColumnValue {
  readonly column: Column;
  readonly value: unknown;
}

const READERS = new Map(
  CLASSIC_TABLE_NAMES.map(table => [table, columnsOf(table).map(column => ({ column, read: readerOf(column) }))]),
);

function named(values: readonly ColumnValue[], names: 'classic' | 'workspace'): Record<string, unknown> {
  return Object.fromEntries(
    values.flatMap(({ column, value }) => {
      const name = column[names];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}
