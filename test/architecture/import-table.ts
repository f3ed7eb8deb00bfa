import path from 'node:path';
import type { Import, SourceReading } from './source-reading.ts';

/** What the files of one station may import and touch. What a row does not name is refused. */
interface Row {
  /** Stations of src, beside itself. */
  readonly src: readonly string[];
  /** Modules from outside. `node:*` is any of Node.js; for a list, only these values may be taken by name, types always. */
  readonly outside: Readonly<Record<string, 'whole' | 'lazily' | readonly string[]>>;
  /** What it may touch of `process`, `globalThis` and the like, as `SourceReading.uses` shows it. */
  readonly globals: readonly string[];
  /** A pure station asks the machine nothing: no clock, no randomness, no timer, no network. */
  readonly isPure?: boolean;
}

const OPENTELEMETRY_SDK = {
  '@opentelemetry/api': 'whole',
  '@opentelemetry/api-logs': 'whole',
  '@opentelemetry/resources': 'whole',
  '@opentelemetry/sdk-trace': 'whole',
  '@opentelemetry/sdk-metrics': 'whole',
  '@opentelemetry/sdk-logs': 'whole',
  '@opentelemetry/sdk-node': 'whole',
} as const;

/** Who may import whom: a row for each station of a span's journey, and for files that differ from their station. */
const TABLE: Readonly<Record<string, Row>> = {
  envelope: { src: [], outside: {}, globals: [], isPure: true },
  mapping: {
    src: ['envelope'],
    outside: { '@opentelemetry/api': ['SpanKind', 'SpanStatusCode', 'TraceFlags', 'ValueType'] },
    globals: [],
    isPure: true,
  },
  spool: {
    src: [],
    outside: { 'node:*': 'whole', '@opentelemetry/api': ['diag'] },
    // zlib, which is dear to load, when it is needed.
    globals: ['process.getuid', 'process.platform', "process.getBuiltinModule('node:zlib')"],
  },
  delivery: {
    src: ['spool', 'optional-packages'], // the latter to load got where a test runner refuses import()
    outside: {
      got: 'lazily',
      'node:*': 'whole',
      '@opentelemetry/api': ['diag', 'context', 'createContextKey'],
    },
    globals: [
      'process.pid',
      'process.getuid',
      'process.versions',
      "process.on('exit')",
      "process.off('exit')",
      "process.getBuiltinModule('node:zlib')", // which is dear to load, when it is needed
    ],
  },
  'optional-packages': {
    src: [],
    outside: { 'node:module': 'whole' },
    globals: ['process.cwd', 'process.getBuiltinModule'],
  },
  version: { src: [], outside: {}, globals: [] },
  'configuration-error': { src: [], outside: {}, globals: [] },
  'connection-string': { src: ['configuration-error'], outside: {}, globals: [] },
  'authentication-string': { src: ['configuration-error'], outside: {}, globals: [] },
  'exporter-options': {
    src: ['delivery', 'envelope'], // types of what options name
    outside: {},
    globals: [],
  },
  options: {
    src: [
      'authentication-string',
      'configuration-error',
      'connection-string',
      'exporter-options',
      'spool', // where state belongs on a machine
    ],
    outside: { 'node:os': 'whole' },
    globals: ['process.env', 'process.getuid'],
  },
  sampling: {
    src: ['envelope', 'mapping', 'configuration-error'],
    outside: { '@opentelemetry/api': ['trace', 'isSpanContextValid', 'TraceFlags'] },
    globals: [],
  },
  processors: {
    src: ['mapping'],
    outside: { '@opentelemetry/api': ['trace', 'isSpanContextValid', 'TraceFlags', 'createContextKey'] },
    globals: [],
  },
  exporters: {
    src: [
      'envelope',
      'mapping',
      'processors',
      'delivery',
      'optional-packages',
      'options',
      'authentication-string',
      'configuration-error',
      'version',
    ],
    outside: { '@opentelemetry/api': 'whole' },
    globals: [],
  },
  logs: {
    src: ['index', 'optional-packages', 'final-flush'],
    outside: OPENTELEMETRY_SDK,
    globals: [],
  },
  'logs-bridge': {
    src: ['logs', 'optional-packages'],
    outside: { '@opentelemetry/api': 'whole' },
    globals: [],
  },
  register: { src: ['start'], outside: { 'node:worker_threads': ['isMainThread'] }, globals: [] },
  start: {
    src: ['index', 'options', 'final-flush', 'logs-bridge', 'optional-packages'],
    // The SDK is loaded by optional-packages, once it is known to be there.
    outside: { '@opentelemetry/api': 'whole', 'node:module': 'whole', 'node:url': 'whole' },
    globals: ['process'],
  },
  // The one file beside options.ts that reads the environment: an SDK is started by two dozen variables that are no
  // options of an exporter.
  'start/environment': { src: [], outside: {}, globals: ['process.env'] },
  events: { src: ['logs'], outside: { '@opentelemetry/api': 'whole' }, globals: [] },
  'final-flush': {
    src: ['index'], // the type of an exporter's stats
    outside: {},
    globals: ["process.on('beforeExit')", "process.off('beforeExit')"],
  },
  opencensus: {
    src: ['index', 'optional-packages', 'final-flush'],
    outside: { ...OPENTELEMETRY_SDK, 'node:fs': 'whole', 'node:async_hooks': 'whole', 'node:util': 'whole' },
    globals: [
      'console.log', // what PrintExporter is for
      'console.error', // messages of a program that has set no handler
      'process.env', // the instrumentation key where OpenCensus reads it, which is for the facade alone
      'process.argv', // the name of the program, when the service has none
      "process.on('exit')",
      "process.off('exit')",
    ],
  },
  uncaught: {
    src: ['index', 'logs'],
    outside: { '@opentelemetry/api': ['diag'] },
    globals: ["process.on('uncaughtExceptionMonitor')", "process.off('uncaughtExceptionMonitor')"],
  },
  loggers: {
    src: ['index', 'logs', 'logs-bridge', 'optional-packages'],
    outside: { '@opentelemetry/api': 'whole', 'node:stream': 'whole', 'node:util': ['format'] },
    globals: ['console'], // what captureConsole is for
  },
  index: {
    src: [
      'configuration-error',
      'connection-string',
      'options',
      'exporters',
      'sampling',
      'processors',
      'version',
      'envelope',
      'delivery',
    ],
    outside: {},
    globals: [],
  },
};

/** The facade's stands in its folder, so that the folder can be deleted and nothing is left. */
const ENTRY_POINTS_OF_REEXPORTS = ['index.ts', 'opencensus/index.ts'];

/** Refused in every station whose row does not name it. */
const MACHINE = ['process', 'globalThis.process', 'console', 'fetch', 'require'];

/** Refused in pure stations. */
const IMPURE = [
  'Date.now',
  'new Date()',
  'Date()',
  'Math.random',
  'performance',
  'crypto',
  'globalThis',
  'global',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

const WORDS_THAT_SAY_NOTHING = ['utils', 'util', 'helpers', 'helper', 'common', 'types', 'constants'];

/** Says what a file of src, named relative to it, imports or touches that its row does not allow: a sentence each. */
export function tableViolations(file: string, source: SourceReading): string[] {
  const station = stationOf(file);
  const row = TABLE[file.replace(/\.ts$/, '')] ?? TABLE[station];
  const isEntryPoint = ENTRY_POINTS_OF_REEXPORTS.includes(file);
  if (row === undefined) return [`${file}: no row of the import table is for "${station}"`];
  return [
    ...source.imports.map(found => refusedImport(file, station, row, found)),
    ...[...source.uses].map(use => refusedUse(row, use)),
    isEntryPoint && !source.onlyReexports ? 'index.ts holds more than re-exports' : undefined,
    !isEntryPoint && source.onlyReexports ? 'is a barrel: only index.ts passes on what others export' : undefined,
    source.hasStarExport ? 'passes on names that it does not show: name them' : undefined,
  ].flatMap(violation => (violation === undefined ? [] : [`${file}: ${violation}`]));
}

/** Says what is wrong with where a file of a source folder stands and how it is named: a sentence each. */
export function placeViolations(file: string): string[] {
  const parts = file.replace(/\.ts$/, '').split('/');
  return [
    parts.length > 2 ? 'stands in a folder inside a folder' : undefined,
    ...parts.map(part =>
      WORDS_THAT_SAY_NOTHING.includes(part) ? `"${part}" says nothing about what is inside` : undefined,
    ),
    ...parts.map(part => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part) ? undefined : `"${part}" is not in kebab-case`)),
  ].flatMap(violation => (violation === undefined ? [] : [`${file}: ${violation}`]));
}

function refusedImport(file: string, station: string, row: Row, found: Import): string | undefined {
  if (!found.specifier.startsWith('.')) return refusedOutside(row, found);
  const target = path.posix.join(path.posix.dirname(file), found.specifier);
  if (target.startsWith('..')) return `imports ${found.specifier}, which is outside src`;
  const targetStation = stationOf(target);
  if (targetStation === station || row.src.includes(targetStation)) return undefined;
  return `${station} must not import ${targetStation}`;
}

function refusedOutside(row: Row, found: Import): string | undefined {
  const { specifier, kind, values } = found;
  const isEnvironment =
    specifier === 'node:process' || (specifier === 'node:os' && row.outside['node:os'] === undefined);
  const allowed = row.outside[specifier] ?? (specifier.startsWith('node:') ? row.outside['node:*'] : undefined);
  if (allowed === undefined || isEnvironment) return `must not import ${specifier}`;
  if (allowed === 'whole' || kind === 'type') return undefined;
  if (allowed === 'lazily')
    return kind === 'lazy' ? undefined : `must load ${specifier} by import(), when it is needed`;
  const refused = values.filter(value => !allowed.includes(value));
  return refused.length === 0 ? undefined : `must not take ${refused.join(', ')} from ${specifier}`;
}

function refusedUse(row: Row, use: string): string | undefined {
  const guarded = row.isPure === true ? [...MACHINE, ...IMPURE] : MACHINE;
  if (!guarded.some(name => covers(name, use))) return undefined;
  // The environment is read in one place; a row that may use the process may not use that.
  const allowed = covers('process.env', use)
    ? row.globals.includes('process.env')
    : row.globals.some(name => covers(name, use));
  return allowed ? undefined : `must not use ${use}`;
}

/** `process` covers `process.env`, and `process.on` covers `process.on('exit')`. */
function covers(name: string, use: string): boolean {
  return use === name || use.startsWith(`${name}.`) || use.startsWith(`${name}(`);
}

/** `mapping/span.ts` belongs to `mapping`, `options.ts` to `options`, `optional-packages-cjs.ts` to `optional-packages`. */
function stationOf(file: string): string {
  const [top = ''] = file.split('/');
  return top.startsWith('optional-packages') ? 'optional-packages' : top.replace(/\.ts$/, '');
}
