/*
 * Measures what this package costs, side by side with what else there is, and writes the tables into
 * docs/performance.md: `npm run bench`. With `--short` everything is run once or twice, and printed only: that shows that
 * it works, and no more. `--only <part of a title>` picks groups, and prints only.
 *
 * The comparison runs on Node.js 24, which is fetched from npm where this is another one.
 */
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { openMeasurement } from './measurement.js';
import { writePage } from './page.js';
import { planOf } from './plan.js';
import { tableOf } from './report.js';
import { bundleParts, installedSizeOf, installTree } from './tree.js';

const isShort = process.argv.includes('--short');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

installTree();
const newer = nodeOf('24');
const tables = [sizeTable()];
console.log(`${tables[0]}\n`);
bundleParts();
await compare(newer, planOf(isShort), tables);
const older = nodeOf('20');
const alone = [];
if (!isShort) await compare(older, planOf(false).flatMap(onlyOurs), alone);
const facts = { machine: machineText(), comparedOn: versionOf(newer), aloneOn: versionOf(older) };
console.log(`${facts.machine}, Node.js ${facts.comparedOn}`);
if (!isShort && only === undefined) await writePage(tables, alone, facts);

async function compare(node, plan, tables) {
  const measurement = await openMeasurement(node);
  for (const group of plan.filter(({ title }) => only === undefined || title.includes(only))) {
    tables.push(tableOf(group, await samplesOf(group, measurement)));
    console.log(`${tables.at(-1)}\n`);
  }
  measurement.close();
}

/** One round after the other, so that what else the machine does meets everybody alike. */
async function samplesOf(group, measurement) {
  const samples = Object.fromEntries(group.contenders.map(contender => [contender, []]));
  for (let round = 0; round < group.rounds; round += 1) {
    for (const contender of group.contenders) samples[contender].push(await measurement.measure(group, contender));
  }
  return samples;
}

/** What is worth knowing of an older line: the cost of an item, and of many a second. */
function onlyOurs(group) {
  if (group.program !== 'batches.js' && !group.title.startsWith('20,000')) return [];
  const own = group.contenders.filter(contender => ['no-op', 'ours', 'processor'].includes(contender));
  return [{ ...group, contenders: own, rounds: 2 }];
}

function sizeTable() {
  const packages = {
    official: '@azure/monitor-opentelemetry-exporter',
    'azure-monitor-bridge': 'azure-monitor-bridge',
  };
  const sizes = Object.values(packages).map(installedSizeOf);
  const ratio = column => (sizes[1][column] / sizes[0][column]).toFixed(2);
  return [
    `| Installed, beyond OpenTelemetry | ${Object.keys(packages).join(' | ')} | azure-monitor-bridge / official | aim |`,
    '| --- | ---: | ---: | ---: | ---: |',
    `| packages | ${sizes.map(({ packages }) => packages).join(' | ')} | ${ratio('packages')} | |`,
    `| size, MB | ${sizes.map(({ megabytes }) => megabytes.toFixed(2)).join(' | ')} | ${ratio('megabytes')} | ≤ 0.25 |`,
  ].join('\n');
}

function nodeOf(line) {
  if (process.versions.node.startsWith(`${line}.`)) return process.execPath;
  const script = path.join(import.meta.dirname, '../scripts/node-line.js');
  return execFileSync(process.execPath, [script, line], { encoding: 'utf8' }).trim();
}

function versionOf(node) {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}

/** How large the machine is, and nothing that says which one. */
function machineText() {
  const { speed } = cpus()[0];
  const clock = speed > 0 ? ` at ${(speed / 1000).toFixed(1)} GHz` : '';
  return `${availableParallelism()} cores${clock}, ${process.platform} ${process.arch}`;
}
