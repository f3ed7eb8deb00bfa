import type { Arrival, TableCounts } from './local-monitor.ts';
import { SEVERITY_WORDS } from './severity.ts';
import type { ClassicTableName } from './tables.ts';

const TABLE_WIDTH = 19;
const MAX_NAME = 60;

/**
 * One line for a row that arrived: time, table, name, duration, result, operation id.
 *
 * What senders wrote is shown without control characters, so that no telemetry can steer the terminal.
 */
export function arrivalLine({ table, row }: Arrival): string {
  const time = row.timestamp.toISOString().slice(11, 23);
  const { name, duration, result } = DESCRIBE[table](row as never);
  const millis = duration === undefined || duration === null ? '' : `${Math.round(duration)} ms`;
  const columns = [time, table.padEnd(TABLE_WIDTH), fit(name), millis.padStart(9), plain(result).padEnd(12)];
  return `${columns.join('  ')}  ${plain(row.operation_Id)}`.trimEnd();
}

/** A line for each table that holds or held anything; one that says so where there is none. */
export function countLines(counts: Readonly<Record<ClassicTableName, TableCounts>>): string[] {
  const lines = Object.entries(counts)
    .filter(([, { rows, evicted }]) => rows + evicted > 0)
    .map(([table, { rows, evicted }]) => {
      const note = evicted > 0 ? `  (and ${evicted} older, no longer kept)` : '';
      return `${table.padEnd(TABLE_WIDTH)}  ${String(rows).padStart(6)}${note}`;
    });
  return lines.length > 0 ? lines : ['Nothing arrived.'];
}

/**
 * Text that is safe on a terminal: control characters, line ends and marks that turn the direction of writing become
 * spaces.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ');
}

interface Description {
  readonly name: string;
  readonly duration?: number | null;
  readonly result: string;
}

type RowIn<T extends ClassicTableName> = Extract<Arrival, { table: T }>['row'];

const DESCRIBE: { readonly [T in ClassicTableName]: (row: RowIn<T>) => Description } = {
  requests: ({ name, duration, success, resultCode }) => ({ name, duration, result: outcome(success, resultCode) }),
  dependencies: ({ name, target, duration, success, resultCode }) => {
    return { name: target === '' ? name : `${name} (${target})`, duration, result: outcome(success, resultCode) };
  },
  traces: ({ message, severityLevel }) => ({ name: message, result: severity(severityLevel) }),
  exceptions: ({ type, message, severityLevel }) => ({ name: `${type}: ${message}`, result: severity(severityLevel) }),
  customEvents: ({ name }) => ({ name, result: '' }),
  customMetrics: ({ name, valueSum, valueCount }) => ({ name, result: `${valueSum} / ${valueCount}` }),
  performanceCounters: ({ category, counter, value }) => ({ name: `${category} ${counter}`, result: String(value) }),
  availabilityResults: ({ name, location, duration, success }) => {
    return {
      name: location === '' ? name : `${name} (${location})`,
      duration,
      result: success === '1' ? 'ok' : 'failed',
    };
  },
  pageViews: ({ name, url, duration }) => ({ name: name === '' ? url : name, duration, result: '' }),
};

function outcome(success: string, resultCode: string): string {
  return `${success === 'True' ? 'ok' : 'failed'} ${resultCode}`;
}

function severity(level: number | null): string {
  return level === null ? '' : (SEVERITY_WORDS[level] ?? '');
}

/** Cut before anything is replaced in it: a name may be a megabyte long. */
function fit(name: string): string {
  const text = plain(name.slice(0, MAX_NAME));
  return name.length <= MAX_NAME ? text.padEnd(MAX_NAME) : `${text.slice(0, MAX_NAME - 1)}…`;
}
