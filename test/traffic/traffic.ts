import { startLocalMonitor, type ClassicTableName, type LocalMonitor, type Row } from 'azure-monitor-local';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { nodeForOpenTelemetry3, runNode } from '../journey/child.ts';
import { makeProject, type Tree } from '../journey/project.ts';

const APPS = path.join(import.meta.dirname, 'apps');

/** How long a test may take whose first run builds the library and installs the libraries. */
export const INSTALL_MILLIS = 180_000;

/** The same libraries with their instrumentations, on one line of the OpenTelemetry SDK. */
export interface Line {
  readonly name: string;
  readonly tree: Tree;
  /** Finds the Node.js that this line runs on. */
  readonly findNode: () => Promise<string>;
}

export const LINES: readonly Line[] = [
  { name: 'OpenTelemetry 2.12', tree: 'traffic2', findNode: () => Promise.resolve(process.execPath) },
  { name: 'OpenTelemetry 3.1', tree: 'traffic3', findNode: nodeForOpenTelemetry3 },
];

export const REQUEST = ['name', 'url', 'resultCode', 'success'] as const;
export const DEPENDENCY = ['name', 'type', 'target', 'data', 'resultCode', 'success'] as const;

/** What an app has sent. */
export interface Traffic {
  /** What it printed: the ports that it had chosen. */
  readonly printed: string;
  /** The given columns of a table's rows, in the order in which they began. */
  rows<T extends ClassicTableName, C extends keyof Row<T>>(table: T, columns: readonly C[]): Pick<Row<T>, C>[];
  /** What `exceptions` holds, in short. */
  exceptions(): TrafficException[];
}

/** A row of `exceptions`, and the function and the file of its innermost frame; empty without a stack. */
export interface TrafficException {
  readonly type: string;
  readonly message: string;
  readonly thrownBy: string;
}

/**
 * Runs an app of `apps` on a line to its end and gives what arrived in `azure-monitor-local`.
 *
 * Throws when the app fails or complains, and when anything arrived that Azure would refuse, cut or find odd.
 */
export async function sendTraffic(
  line: Line,
  app: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Traffic> {
  return trafficOf(async connectionString => {
    const project = await makeProject(line.tree);
    try {
      await cp(APPS, project.folder, { recursive: true });
      const settings = { ...env, APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString };
      const child = { cwd: project.folder, env: settings, node: await line.findNode() };
      const { code, signal, stdout, stderr } = await runNode([app], child);
      if (code !== 0 || stderr !== '') throw new Error(`${app} ended with ${code ?? signal}:\n${stderr}`);
      return stdout.trim();
    } finally {
      await project.remove();
    }
  });
}

/** What arrives in `azure-monitor-local` while a program runs, which says at the end what it has printed. */
export async function trafficOf(run: (connectionString: string) => Promise<string>): Promise<Traffic> {
  const monitor = await startLocalMonitor();
  try {
    const printed = await run(monitor.connectionString);
    monitor.assertClean();
    return {
      printed,
      rows: (table, columns) => inOrder(monitor, table).map(row => pick(row, columns)),
      exceptions: () => inOrder(monitor, 'exceptions').map(inShort),
    };
  } finally {
    await monitor.close();
  }
}

function inOrder<T extends ClassicTableName>(monitor: LocalMonitor, table: T): Row<T>[] {
  return monitor.rows(table).toSorted((a, b) => a.timestamp.getTime() - b.timestamp.getTime());
}

function pick<R, C extends keyof R>(row: R, columns: readonly C[]): Pick<R, C> {
  return Object.fromEntries(columns.map(column => [column, row[column]])) as Pick<R, C>;
}

function inShort({ type, message, details }: Row<'exceptions'>): TrafficException {
  const frame = details[0]?.parsedStack?.[0];
  return { type, message, thrownBy: frame === undefined ? '' : `${frame.method} (${path.basename(frame.fileName)})` };
}
