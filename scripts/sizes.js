/*
 * Prints what this package costs before it does anything, beside the official exporter: `npm run sizes`. Fails when one
 * of the three is more than promised. Wants a build; the official exporter is the one of bench, on Node.js 24.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installTree, installedSizeOf } from '../bench/tree.js';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const OFFICIAL = '@azure/monitor-opentelemetry-exporter';
const MAX_TARBALL_BYTES = 500_000;
const ROUNDS = 9;

installTree();
const [{ unpackedSize }] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts'));
const official = installedSizeOf(OFFICIAL);
const ours = installedSizeOf('azure-monitor-bridge');
const imports = measureImports();
const rows = [
  ['own tarball, unpacked, kB', '', kilobytes(unpackedSize), unpackedSize / MAX_TARBALL_BYTES, `${kilobytes(MAX_TARBALL_BYTES)} kB`],
  ['installed beyond OpenTelemetry, packages', official.packages, ours.packages, 0, ''],
  ['installed beyond OpenTelemetry, MB', official.megabytes.toFixed(1), ours.megabytes.toFixed(1), ours.megabytes / official.megabytes / 0.25, 'a quarter'],
  ['import, ms of CPU', imports.official.toFixed(0), imports.ours.toFixed(0), imports.ours / imports.official / 0.1, 'a tenth'],
]; // prettier-ignore
console.log(`| | ${OFFICIAL} | azure-monitor-bridge | at most |\n| --- | ---: | ---: | --- |`);
for (const [what, theirs, own, , limit] of rows) console.log(`| ${what} | ${theirs} | ${own} | ${limit} |`);
for (const [what, , , share] of rows.filter(([, , , share]) => share > 1))
  console.log(`${what}: ${share.toFixed(2)} times what is promised`);
if (rows.some(([, , , share]) => share > 1)) process.exitCode = 1;

/** The median of what an import costs, the two taking turns: whatever else the machine does meets both. */
function measureImports() {
  const node = execFileSync(process.execPath, [path.join(ROOT, 'scripts/node-line.js'), '24'], { encoding: 'utf8' });
  const samples = { official: [], ours: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of Object.keys(samples)) {
      const args = ['--expose-gc', path.join(ROOT, 'bench/start.js'), contender];
      samples[contender].push(JSON.parse(execFileSync(node.trim(), args, { encoding: 'utf8' })).cpuMillis);
    }
  }
  return { official: median(samples.official), ours: median(samples.ours) };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function kilobytes(bytes) {
  return Math.ceil(bytes / 1000);
}

function npm(...args) {
  return execFileSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
}
