/*
 * Puts this package into bench's tree of peers as npm would install it, from what was built; and says what a package
 * brings with it, in packages and bytes.
 */
import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const BENCH = path.join(ROOT, 'bench');
const OURS = path.join(BENCH, 'node_modules/azure-monitor-bridge');

/** Installs the peers unless they are there, and this package anew, its dependencies nested in it. */
export function installTree() {
  const shell = process.platform === 'win32';
  if (!existsSync(path.join(BENCH, 'node_modules')))
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: BENCH, stdio: ['ignore', 2, 2], shell });
  rmSync(OURS, { recursive: true, force: true });
  mkdirSync(OURS, { recursive: true });
  const { files } = manifestOf(ROOT);
  for (const file of ['package.json', 'README.md', 'LICENSE', ...files]) {
    cpSync(path.join(ROOT, file), path.join(OURS, file), { recursive: true });
  }
  for (const folder of dependenciesOf(ROOT)) {
    const name = nameOf(folder);
    const target = path.join(OURS, 'node_modules', name);
    if (existsSync(target)) throw new Error(`two versions of ${name}: lay them out as npm would`);
    cpSync(folder, target, {
      recursive: true,
      filter: source => !source.slice(folder.length).includes('node_modules'),
    });
  }
}

/** The parts of this package that are measured by themselves, bundled as the package is. */
export function bundleParts() {
  buildSync({
    entryPoints: [path.join(BENCH, 'our-parts.ts')],
    outfile: path.join(OURS, 'parts.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@opentelemetry/*', 'got'],
  });
}

/** What installing this package adds to OpenTelemetry's own packages. */
export function installedSizeOf(packageName) {
  const folder = path.join(BENCH, 'node_modules', packageName);
  const isOpenTelemetry = each => nameOf(each).startsWith('@opentelemetry/');
  const folders = [folder, ...dependenciesOf(folder)].filter(each => each === folder || !isOpenTelemetry(each));
  return { packages: folders.length, megabytes: folders.reduce((bytes, each) => bytes + bytesIn(each), 0) / 1e6 };
}

/** The folders of all that a package depends on, directly or not. */
function dependenciesOf(folder, found = new Set()) {
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    const dependency = resolve(folder, name);
    if (found.has(dependency)) continue;
    found.add(dependency);
    dependenciesOf(dependency, found);
  }
  return found;
}

function resolve(folder, name) {
  for (let above = folder; ; above = path.dirname(above)) {
    const candidate = path.join(above, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (above === path.dirname(above)) throw new Error(`${name} is not installed: run npm ci`);
  }
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

function nameOf(folder) {
  return folder.split(`node_modules${path.sep}`).at(-1).replaceAll(path.sep, '/');
}

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map(entry => path.join(folder, entry.name))
    .reduce((bytes, each) => bytes + (statSync(each).isDirectory() ? bytesIn(each) : statSync(each).size), 0);
}
