/*
 * Shows that nothing else needs the facade: copies the working tree without src/opencensus, its tests and its samples,
 * and there checks the types, builds both packages and runs tests of what is left.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');

/** The facade, and what only shows or checks it. */
const FACADE = [
  /^src\/opencensus\//,
  /^test\/opencensus\//,
  /^test\/types\/opencensus[^/]*$/,
  /^test\/journey\/apps\/opencensus-[^/]*$/,
  /^samples\/(trace|metrics|logs)-(print|azure)\.ts$/,
];

/** The line that makes it an entry point. */
const ENTRY = /^ *'\.\/opencensus': .*\n/m;

/** That nothing is missing, and that what is built runs. What tests the rest in detail knows nothing of the facade. */
const TESTS = [
  'test/architecture.test.ts',
  'test/envelope',
  'test/processors',
  'test/sampling',
  'test/contacted-hosts.test.ts',
];

const copy = mkdtempSync(path.join(tmpdir(), 'azure-monitor-without-opencensus-'));
try {
  copyTheRest();
  node('typescript/bin/tsc', '-p', 'tsconfig.json');
  execFileSync(process.execPath, ['scripts/build.js'], { cwd: copy, stdio: 'inherit' });
  node('mocha/bin/mocha.js', '--reporter', 'dot', ...TESTS);
  console.log('All else builds and passes without src/opencensus.');
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function copyTheRest() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  const files = listed
    .toString()
    .split('\0')
    .filter(file => file !== '' && existsSync(path.join(ROOT, file)));
  const rest = files.filter(file => !FACADE.some(part => part.test(file)));
  if (rest.length === files.length) throw new Error('the facade is not where this script looks for it');
  for (const file of rest) cpSync(path.join(ROOT, file), path.join(copy, file));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  takeOutEntry(path.join(copy, 'scripts/entry-points.js'));
}

function takeOutEntry(file) {
  const text = readFileSync(file, 'utf8');
  if (!ENTRY.test(text)) throw new Error(`${file}: expected a line for the entry point of the facade, found none`);
  writeFileSync(file, text.replace(ENTRY, ''));
}

function node(script, ...args) {
  execFileSync(process.execPath, [path.join(copy, 'node_modules', script), ...args], { cwd: copy, stdio: 'inherit' });
}
