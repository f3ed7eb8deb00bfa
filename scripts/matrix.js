/*
 * Runs tests on several lines of Node.js: `npm run test:matrix` on all of them, `npm run test:matrix -- 20 24` on those
 * named. `--short` runs only the tests that show a user's process from outside; `--write` puts what ran into README.
 * Prints a table at the end, and fails when a test does.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSupport } from './support.js';

/** Both ends of what package.json's `engines` promises, and the newest of each line between. */
const LINES = ['20.19', '20', '22.12', '22', '24', '26'];

/** Processes that send, end and load the library, on both lines of OpenTelemetry; each expects that nothing is printed. */
const SHORT = ['opentelemetry-lines', 'process-exit', 'logs-bridge', 'package/formats'].map(
  name => `test/${name}.test.ts`,
);

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');

const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'));
const tests = process.argv.includes('--short') ? SHORT : ['test', 'local/test'];
const folder = mkdtempSync(path.join(tmpdir(), 'azure-monitor-matrix-'));
const runs = (wanted.length === 0 ? LINES : wanted).map(runOn);
rmSync(folder, { recursive: true });

const rows = runs.map(({ line, version, outcome, passes, seconds }) => [`Node ${line}`, { version, outcome, passes, seconds }]); // prettier-ignore
console.table(Object.fromEntries(rows));
if (process.argv.includes('--write')) writeSupport(runs);
if (runs.some(run => run.outcome !== 'passed')) process.exitCode = 1;

function runOn(line) {
  const node = execFileSync(process.execPath, [path.join(ROOT, 'scripts/node-line.js'), line], { encoding: 'utf8' });
  const binary = node.trim();
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim().slice('v'.length);
  console.log(`\nNode ${line} is ${version}`);
  const startedAt = performance.now();
  // What a test starts by its name, such as npm, runs on the same line.
  const env = { ...process.env, PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}` };
  const output = path.join(folder, `${line}.json`);
  const args = [MOCHA, '--reporter', 'json', '--reporter-option', `output=${output}`, ...tests];
  const { status, signal } = spawnSync(binary, args, { cwd: ROOT, stdio: 'inherit', env });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const { passes, failures } = readReport(output);
  for (const { fullTitle, err } of failures) console.log(`FAILED  ${fullTitle}\n${err.stack ?? err.message}\n`);
  const outcome = status === 0 && passes.length > 0 ? 'passed' : `failed (${signal ?? `exit code ${status}`})`;
  return { line, version, outcome, passes: passes.length, seconds, titles: passes.map(test => test.fullTitle) };
}

/** What mocha wrote at its end; nothing when it did not come to it. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passes: [], failures: [] };
  }
}
