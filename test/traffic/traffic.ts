import { startLocalMonitor, type ClassicTableName } from 'azure-monitor-local';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from '../journey/child.ts';
import { makeProject } from '../journey/project.ts';

const APPS = path.join(import.meta.dirname, 'apps');

/** How long a test may take whose first run builds the library and installs the libraries. */
export const INSTALL_MILLIS = 180_000;

/** A row by the columns in which its library shows; those that its table lacks are not there. */
export interface TrafficRow {
  readonly name?: string;
  readonly type?: string;
  readonly target?: string;
  readonly data?: string;
  readonly url?: string;
  readonly resultCode?: string;
  readonly success?: string;
  readonly message?: string;
  readonly severityLevel?: number;
  readonly customDimensions?: unknown;
}

/** What an app of these tests has sent. */
export interface Traffic {
  /** What it printed: the ports that it had chosen. */
  readonly printed: string;
  /** The given columns of a table's rows, in the order in which they began. */
  rows(table: ClassicTableName, columns: readonly (keyof TrafficRow)[]): TrafficRow[];
}

export const REQUEST = ['name', 'url', 'resultCode', 'success'] as const;
export const DEPENDENCY = ['name', 'type', 'target', 'data', 'resultCode', 'success'] as const;
export const TRACE = ['message', 'severityLevel', 'customDimensions'] as const;

/**
 * Runs an app of `apps` to its end and gives what arrived in `azure-monitor-local`.
 *
 * Throws when the app fails or complains, and when anything arrived that Azure would refuse, cut or find odd.
 */
export async function sendTraffic(app: string, env: Readonly<Record<string, string>> = {}): Promise<Traffic> {
  const monitor = await startLocalMonitor();
  try {
    const connectionString = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
    const printed = await runApp(app, { ...env, ...connectionString });
    monitor.assertClean();
    const tables = ['requests', 'dependencies', 'traces', 'exceptions'] as const;
    const arrived = new Map<ClassicTableName, object[]>(tables.map(table => [table, monitor.rows(table)]));
    return { printed, rows: (table, columns) => shown(arrived.get(table) ?? [], columns) };
  } finally {
    await monitor.close();
  }
}

async function runApp(app: string, env: Record<string, string>): Promise<string> {
  const project = await makeProject('traffic');
  try {
    await cp(APPS, project.folder, { recursive: true });
    const { code, stdout, stderr } = await runNode([app], { cwd: project.folder, env });
    if (code !== 0 || stderr !== '') throw new Error(`${app} ended with ${code}:\n${stderr}`);
    return stdout.trim();
  } finally {
    await project.remove();
  }
}

function shown(rows: object[], columns: readonly (keyof TrafficRow)[]): TrafficRow[] {
  const inOrder = (rows as (TrafficRow & { timestamp: Date })[]).toSorted((a, b) => +a.timestamp - +b.timestamp);
  return inOrder.map(row => Object.fromEntries(columns.map(column => [column, row[column]])));
}
