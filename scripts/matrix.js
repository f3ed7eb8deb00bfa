/*
 * Runs the test suite on several lines of Node.js: `npm run test:matrix` on all of them, `npm run test:matrix -- 20 24`
 * on those named. Prints a table at the end, and fails when one of them fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Both ends of what package.json's `engines` promises, and the newest of each line between. */
const LINES = ['20.19', '20', '22.12', '22', '24', '26'];

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');

const wanted = process.argv.slice(2);
const runs = (wanted.length === 0 ? LINES : wanted).map(runOn);
console.table(Object.fromEntries(runs.map(({ line, ...result }) => [`Node ${line}`, result])));
if (runs.some(run => run.result !== 'passed')) process.exitCode = 1;

function runOn(line) {
  const binary = execFileSync(process.execPath, [path.join(ROOT, 'scripts/node-line.js'), line], {
    encoding: 'utf8',
  }).trim();
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\nNode ${line} is ${version}`);
  const startedAt = performance.now();
  // What a test starts by its name, such as npm, runs on the same line.
  const env = { ...process.env, PATH: `${path.dirname(binary)}${path.delimiter}${process.env.PATH}` };
  const { status, signal } = spawnSync(binary, [MOCHA, 'test', 'local/test'], { cwd: ROOT, stdio: 'inherit', env });
  return {
    line,
    version,
    result: status === 0 ? 'passed' : `failed (${signal ?? `exit code ${status}`})`,
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}
