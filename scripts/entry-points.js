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
 */
const PACKAGES = {
  '.': { entries: { '.': 'index', './logs-bridge': 'logs-bridge', './opencensus': 'opencensus/index' }, effects: [] },
  local: { entries: { '.': 'index' }, effects: ['cli'] },
};

/** Brings both package.json files up to date, and leaves them alone when they are. */
export function writeEntryPoints() {
  for (const [folder, { entries, effects }] of Object.entries(PACKAGES)) {
    const file = path.join(ROOT, folder, 'package.json');
    const before = readFileSync(file, 'utf8');
    const manifest = JSON.parse(before);
    manifest.exports = toExports(entries);
    manifest.typesVersions = toTypesVersions(entries);
    manifest.sideEffects = toSideEffects(effects);
    const after = `${JSON.stringify(manifest, null, 2)}\n`;
    if (after !== before) writeFileSync(file, after);
  }
}

function toExports(entries) {
  const exported = Object.entries(entries).map(([name, file]) => [
    name,
    { import: toCondition('esm', file), require: toCondition('cjs', file) },
  ]);
  return { ...Object.fromEntries(exported), './package.json': './package.json' };
}

function toCondition(format, file) {
  return { types: `./dist/${format}/${file}.d.ts`, default: `./dist/${format}/${file}.js` };
}

function toSideEffects(files) {
  if (files.length === 0) return false;
  return files.flatMap(file => [`./dist/esm/${file}.js`, `./dist/cjs/${file}.js`]);
}

/** `moduleResolution: node10` knows no `exports`: it finds the types of a subpath only here. */
function toTypesVersions(entries) {
  const subpaths = Object.entries(entries).filter(([name]) => name !== '.');
  if (subpaths.length === 0) return undefined;
  const targets = subpaths.map(([name, file]) => [name.slice('./'.length), [`./dist/cjs/${file}.d.ts`]]);
  return { '*': Object.fromEntries(targets) };
}
