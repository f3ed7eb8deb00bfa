import { randomUUID } from 'node:crypto';
import { readerOf } from './column-reader.ts';
import type { Envelope } from './envelope-check.ts';
import { toRowSource } from './row-source.ts';
import { CLASSIC_TABLE_NAMES, columnsOf, type ClassicTableName } from './tables.ts';

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
  const classic: Record<string, unknown> = {};
  const workspace: Record<string, unknown> = {};
  for (const { column, read } of READERS.get(source.table) ?? []) {
    const value = read(source);
    if (column.classic !== undefined) classic[column.classic] = value;
    if (column.workspace !== undefined) workspace[column.workspace] = value;
  }
  return { table: source.table, classic, workspace, bytes };
}

const READERS = new Map(
  CLASSIC_TABLE_NAMES.map(table => [table, columnsOf(table).map(column => ({ column, read: readerOf(column) }))]),
);
