/** OpenCensus's three programs that send, `samples/*-azure.ts`, run beside the shop with answers to their prompts. */
import type { LocalMonitor } from 'azure-monitor-local';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cut, grid } from './grid.ts';

/** A program, what is typed at its prompts, and what its rows say. */
interface Program {
  readonly file: string;
  readonly input: string;
  readonly table: 'dependencies' | 'customMetrics' | 'traces';
  readonly shown: (monitor: LocalMonitor, file: string) => string[];
}

const PROGRAMS: readonly Program[] = [
  {
    file: 'trace-azure.ts',
    input: '4\n25\n',
    table: 'dependencies',
    shown: (monitor, file) => rowsOf(monitor.rows('dependencies'), file).map(({ name, type }) => `${name} (${type})`),
  },
  {
    file: 'metrics-azure.ts',
    input: '\n\n\n',
    table: 'customMetrics',
    shown: (monitor, file) =>
      rowsOf(monitor.rows('customMetrics'), file).map(({ name, value }) => `${name} = ${value}`),
  },
  {
    file: 'logs-azure.ts',
    input: '4\n25\n',
    table: 'traces',
    shown: (monitor, file) =>
      rowsOf(monitor.rows('traces'), file).map(
        ({ message, severityLevel }) => `${message} (severity ${severityLevel})`,
      ),
  },
];

const SHOWN_WIDTH = 48;

/** Runs each to its end, at which it sends. Rejects when one fails. */
export async function runPrograms({ connectionString }: LocalMonitor): Promise<void> {
  // What is not sent at once waits on disk, and not among what the user's own programs have there.
  const state = await mkdtemp(path.join(tmpdir(), 'programs-'));
  const env = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
    XDG_STATE_HOME: state,
    LOCALAPPDATA: state,
    // They go by the name of their file, whatever the environment calls this service.
    OTEL_SERVICE_NAME: '',
    OTEL_RESOURCE_ATTRIBUTES: '',
  };
  try {
    await Promise.all(PROGRAMS.map(({ file, input }) => run(file, input, env)));
  } finally {
    await rm(state, { recursive: true });
  }
}

/** One line a program: the rows that arrived from it. */
export function programRows(monitor: LocalMonitor): string {
  const lines = PROGRAMS.map(({ file, table, shown }) => {
    const rows = shown(monitor, file);
    return [file, table, rows.length, cut(rows.join(', '), SHOWN_WIDTH)];
  });
  return grid(['program', 'table', 'rows', 'what they say'], lines);
}

/** The programs of which nothing arrived. */
export function silentPrograms(monitor: LocalMonitor): string[] {
  return PROGRAMS.filter(({ file, shown }) => shown(monitor, file).length === 0).map(({ file }) => file);
}

async function run(file: string, input: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(new URL(`../${file}`, import.meta.url))], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.on('error', () => undefined); // It need not read its input to the end.
  child.stdin.end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0) throw new Error(`${file} ended with ${code ?? signal}`);
}

function rowsOf<Row extends { readonly cloud_RoleName: string }>(rows: readonly Row[], file: string): Row[] {
  return rows.filter(row => row.cloud_RoleName === file);
}
