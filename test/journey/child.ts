import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const NODE_LINE = path.resolve(import.meta.dirname, '../../scripts/node-line.js');
const PATIENCE_MILLIS = 90_000;

/** How a child process ended, and all that it printed. */
export interface ChildResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly cwd: string;
  /** What it finds in its environment beside the path: nothing of ours leaks into it. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node.js binary that runs it; this process's own unless given. */
  readonly node?: string;
  /** Settles when the child may go on: its stdin is closed then. Closed from the start unless given. */
  readonly mayGoOn?: Promise<unknown>;
  /** What it reads from stdin before that ends. */
  readonly input?: string;
  /** After how long it is killed; a minute and a half unless given. */
  readonly patienceMillis?: number;
}

/** Runs `node <args>` to its end; when it takes too long it is killed, which shows as a signal. */
export async function runNode(args: readonly string[], options: ChildOptions): Promise<ChildResult> {
  const { cwd, node = process.execPath, mayGoOn = Promise.resolve(), input = '' } = options;
  const { patienceMillis: timeout = PATIENCE_MILLIS } = options;
  // What is stored for later, on disk by default, goes where the project goes.
  const env = { ...inherited(), HOME: cwd, TMPDIR: cwd, ...options.env };
  const child = spawn(node, args, { cwd, env, timeout, killSignal: 'SIGKILL' });
  child.stdin.on('error', () => undefined); // A child need not read its input to the end.
  void mayGoOn.then(() => child.stdin.end(input));
  const output = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  const [stdout, stderr] = await output;
  return { code, signal, stdout, stderr };
}

/** OpenTelemetry 3.x declares Node.js 22.15 or later. <https://github.com/open-telemetry/opentelemetry-js> */
export async function nodeForOpenTelemetry3(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return process.execPath;
  const { stdout } = await promisify(execFile)(process.execPath, [NODE_LINE, '22']);
  return stdout.trim();
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'SystemRoot', 'NODE_V8_COVERAGE'];
  return Object.fromEntries(
    names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}
