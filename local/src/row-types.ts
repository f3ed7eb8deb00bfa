import type { COMMON_COLUMNS, ClassicTableName, SAMPLED_COLUMNS, TABLES, TableName } from './tables.ts';

/** One exception of a chain, as the `details` column holds it. */
export interface ExceptionDetail {
  readonly id: string;
  readonly outerId: string;
  readonly type: string;
  readonly message: string;
  /** The frames, innermost first, where the sender parsed the stack. */
  readonly parsedStack?: readonly StackFrame[];
  /** The stack as text, where the sender did not parse it. */
  readonly rawStack?: string;
}

/** One frame of a parsed stack. */
export interface StackFrame {
  readonly level: number;
  readonly method: string;
  readonly assembly: string;
  readonly fileName: string;
  readonly line: number;
}

/**
 * A row of a table, typed from the table's columns.
 *
 * `requests` gives the classic column names, `AppRequests` those of a workspace. Absent text is the empty text, as in
 * Azure; an absent number is null, and only the columns that can be absent have null in their type.
 */
export type Row<T extends TableName> = T extends ClassicTableName ? ClassicRow<T> : WorkspaceRow<ClassicOf<T>>;

type ClassicRow<T extends ClassicTableName> = {
  readonly [C in Extract<ColumnOf<T>, { classic: string }> as C['classic']]: ValueOf<C>;
};

type WorkspaceRow<T extends ClassicTableName> = {
  readonly [C in Extract<ColumnOf<T>, { workspace: string }> as C['workspace']]: ValueOf<C>;
};

type ClassicOf<T extends TableName> = {
  [K in ClassicTableName]: (typeof TABLES)[K]['workspace'] extends T ? K : never;
}[ClassicTableName];

type ColumnOf<T extends ClassicTableName> =
  | (typeof COMMON_COLUMNS)[number]
  | ((typeof TABLES)[T]['sampled'] extends true ? (typeof SAMPLED_COLUMNS)[number] : never)
  | (typeof TABLES)[T]['columns'][number];

type ValueOf<C> = C extends { type: infer Type; from: infer From }
  ? C extends { nullable: true }
    ? ValueOfType<Type, From> | null
    : ValueOfType<Type, From>
  : never;

type ValueOfType<Type, From> = From extends keyof DynamicValues
  ? DynamicValues[From]
  : Type extends keyof PlainValues
    ? PlainValues[Type]
    : never;

interface PlainValues {
  string: string;
  datetime: Date;
  real: number;
  int: number;
  bool: boolean;
}

interface DynamicValues {
  'made.properties': Readonly<Record<string, string>>;
  'made.measurements': Readonly<Record<string, number>>;
  'made.details': readonly ExceptionDetail[];
}
