/*
 * Writes what package.json says about entry points, for Node.js, bundlers and every way TypeScript resolves modules, from
 * the lists below. A new entry point is one line here and a build; the rewritten package.json is committed with it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');

/**
 * `entries`: what users may import, and its file in src without `.ts`.
 * `effects`: files that do something when they are imported; bundlers may leave out all others when nothing of them is used.
 * `realModules`: entries that must `import` what they import when they are imported, so that they are built in both formats.
 * `hasStubs`: whether code for browsers and edge runtimes, which may import it but cannot use it, is told so.
 */
export const PACKAGES = {
  '.': {
    entries: {
      '.': 'index',
      './bunyan': 'loggers/bunyan',
      './console': 'loggers/console',
      './events': 'events',
      './log4js': 'loggers/log4js',
      './logs-bridge': 'logs-bridge',
      './opencensus': 'opencensus/index',
      './pino': 'loggers/pino',
      './pino-worker': 'loggers/pino-worker',
      './register': 'register',
      './start': 'start/start',
      './uncaught': 'uncaught',
      './winston': 'loggers/winston',
    },
    effects: ['register'],
    realModules: ['logs-bridge'], // @opentelemetry/api 1.10 is two copies, of which it must see both
    hasStubs: true,
  },
  local: { entries: { '.': 'index' }, effects: ['cli'], realModules: [], hasStubs: false },
};

/** The conditions of bundlers and runtimes that build for a place without Node.js. */
const ELSEWHERE = ['browser', 'edge-light', 'workerd'];

/** Brings both package.json files up to date, and leaves them alone when they are. */
export function writeEntryPoints() {
  for (const [folder, { entries, effects, hasStubs }] of Object.entries(PACKAGES)) {
    const file = path.join(ROOT, folder, 'package.json');
    const before = readFileSync(file, 'utf8');
    const manifest = JSON.parse(before);
    manifest.exports = toExports(entries, hasStubs);
    manifest.typesVersions = toTypesVersions(entries);
    manifest.sideEffects = toSideEffects(entries, effects, hasStubs);
    const after = `${JSON.stringify(manifest, null, 2)}\n`;
    if (after !== before) writeFileSync(file, after);
  }
}

function toExports(entries, hasStubs) {
  const exported = Object.entries(entries).map(([name, file]) => [
    name,
    {
      types: inBothFormats(`${file}.d.ts`),
      ...(hasStubs && Object.fromEntries(ELSEWHERE.map(place => [place, inBothFormats(`${file}.stub.js`)]))),
      ...inBothFormats(`${file}.js`),
    },
  ]);
  return { ...Object.fromEntries(exported), './package.json': './package.json' };
}

function inBothFormats(file) {
  return { import: `./dist/esm/${file}`, require: `./dist/cjs/${file}` };
}

function toSideEffects(entries, effects, hasStubs) {
  if (effects.length === 0) return false;
  const stubs = hasStubs ? effects.filter(file => Object.values(entries).includes(file)) : [];
  const files = [...effects.map(file => `${file}.js`), ...stubs.map(file => `${file}.stub.js`)];
  return files.flatMap(file => Object.values(inBothFormats(file)));
}

/** `moduleResolution: node10` knows no `exports`: it finds the types of a subpath only here. */
function toTypesVersions(entries) {
  const subpaths = Object.entries(entries).filter(([name]) => name !== '.');
  if (subpaths.length === 0) return undefined;
  const targets = subpaths.map(([name, file]) => [name.slice('./'.length), [`./dist/cjs/${file}.d.ts`]]);
  return { '*': Object.fromEntries(targets) };
}
