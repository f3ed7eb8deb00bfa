/*
 * The official exporter and this one through the same outages, side by side: each as a service with the SDK's default
 * settings makes 500 spans a second, and sends to a service of its own that fails at the same moments. Then the process is
 * shut down, starts again as a service would, and has a minute to send what it left behind. `npm run bench:faults`; the
 * table goes into docs/performance.md. With `--short` it takes seconds and is printed only, which shows that it works.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Service } from '../test/soak/service.ts';
import { writeFaults } from './page.js';
import { installTree } from './tree.js';

const IS_SHORT = process.argv.includes('--short');
const SCALE = IS_SHORT ? 0.05 : 1;
const SPANS_PER_SECOND = 500;
const HEALTHY_MILLIS = 10_000 * SCALE;
const FAULT_MILLIS = 60_000 * SCALE;
const RECOVERY_MILLIS = 60_000 * SCALE;
const CONTENDERS = ['official', 'ours'];

/** `isKilled`: the process is killed in the middle of the fault, and starts again at once. */
const SCENARIOS = [
  { title: 'HTTP 503', behaviour: 'refuse' },
  { title: 'connections are reset', behaviour: 'reset' },
  { title: 'no answer', behaviour: 'hang' },
  { title: 'answers after 2 s', behaviour: 'late' },
  { title: 'HTTP 429, Retry-After 1 s', behaviour: 'throttle' },
  { title: 'taken, but the answer is cut off', behaviour: 'take_and_reset' },
  { title: 'HTTP 503, and kill -9', behaviour: 'refuse', isKilled: true },
];

installTree();
const node = nodeOf24();
const rows = [];
for (const scenario of SCENARIOS) {
  const outcomes = await Promise.all(CONTENDERS.map(contender => suffer(contender, scenario)));
  outcomes.forEach((outcome, index) => rows.push(rowOf(scenario.title, CONTENDERS[index], outcome)));
  console.log(rows.slice(-2).join('\n'));
}
const table = [
  '| fault | exporter | spans made | received | twice | on disk | lost | drained after | peak memory |',
  '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows,
].join('\n');
if (!IS_SHORT) await writeFaults(table, { faultSeconds: FAULT_MILLIS / 1000, spansPerSecond: SPANS_PER_SECOND });

async function suffer(contender, { behaviour, isKilled = false }) {
  const service = await Service.start();
  const home = mkdtempSync(path.join(tmpdir(), 'azure-monitor-faults-'));
  const apps = [];
  const begin = async () => {
    const app = await openApp(contender, service, home, apps.length + 1);
    apps.push(app);
    return app;
  };
  let app = await begin();
  await wait(HEALTHY_MILLIS);
  service.behaviour = behaviour;
  await wait(FAULT_MILLIS / 2);
  if (isKilled) {
    await app.kill();
    app = await begin();
  }
  await wait(FAULT_MILLIS / 2);
  service.behaviour = 'take';
  service.breakConnections();
  await app.report();
  const lastOverdueId = app.idOf(app.made);
  const recoveredMillis = performance.now();
  await wait(RECOVERY_MILLIS);
  await app.stop();
  const heir = await begin();
  await wait(RECOVERY_MILLIS);
  await heir.stop();
  const outcome = {
    made: apps.reduce((total, { made }) => total + made, 0),
    received: service.taken.size,
    duplicates: service.copies,
    onDisk: spansIn(home),
    drainSeconds: secondsToDrain(service, lastOverdueId, recoveredMillis),
    peakMegabytes: Math.max(...apps.map(({ peakMegabytes }) => peakMegabytes)),
  };
  await service.close();
  rmSync(home, { recursive: true, force: true });
  return outcome;
}

/** From the recovery until the last span arrived that had been made before, if any did after it. */
function secondsToDrain(service, lastOverdueId, recoveredMillis) {
  const arrivals = [...service.taken].filter(([id]) => id <= lastOverdueId).map(([, { firstMillis }]) => firstMillis);
  const lastMillis = arrivals.reduce((latest, millis) => Math.max(latest, millis), 0);
  return lastMillis < recoveredMillis ? undefined : (lastMillis - recoveredMillis) / 1000;
}

/** One process of a contender; the home directory is where it finds what the one before left. */
async function openApp(contender, service, home, number) {
  const { port } = new URL(/IngestionEndpoint=([^;]*)/.exec(service.connectionString)[1]);
  const settings = JSON.stringify({ contender, port, spansPerSecond: SPANS_PER_SECOND, number });
  const child = fork(path.join(import.meta.dirname, 'faults-app.js'), [settings], {
    execPath: node,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', HOME: home, XDG_STATE_HOME: home, TMPDIR: home },
  });
  await once(child, 'message');
  const app = { made: 0, peakMegabytes: 0, idOf, report, stop, kill };
  return app;

  /** The id of the nth span that this process makes; ids of later ones, and of later processes, sort after it. */
  function idOf(made) {
    return `${number}`.padStart(6, '0') + made.toString(16).padStart(10, '0');
  }

  /** How many spans it has made, and what memory it took. */
  async function report() {
    await ask('report');
  }

  /** Shuts it down in order. */
  async function stop() {
    const exit = once(child, 'exit');
    await ask('stop');
    await exit;
  }

  async function kill() {
    await ask('report');
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async function ask(question) {
    child.send(question);
    const [answer] = await once(child, 'message');
    Object.assign(app, answer);
  }
}

/** How many spans there are in files: the names of ours say it, the official exporter's are lines of JSON. */
function spansIn(home) {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return files.reduce((total, { name, parentPath }) => {
    const ofOurs = /\.(\d+)t\.\d+\.q/.exec(name);
    if (ofOurs !== null) return total + Number(ofOurs[1]);
    const text = readFileSync(path.join(parentPath, name), 'utf8');
    return total + (text.match(/"id":"[0-9a-f]{16}"/g)?.length ?? 0);
  }, 0);
}

function rowOf(fault, contender, outcome) {
  const { made, received, duplicates, onDisk, drainSeconds, peakMegabytes } = outcome;
  const cells = [
    fault,
    contender === 'ours' ? 'azure-monitor-bridge' : contender,
    made,
    received,
    duplicates,
    onDisk,
    made - received - onDisk,
    drainSeconds === undefined ? '–' : `${drainSeconds.toFixed(1)} s`,
    `${peakMegabytes.toFixed(0)} MB`,
  ];
  return `| ${cells.map(cell => (typeof cell === 'number' ? cell.toLocaleString('en-GB') : cell)).join(' | ')} |`;
}

/** The official exporter asks for Node.js 22 or later. */
function nodeOf24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const script = path.join(import.meta.dirname, '../scripts/node-line.js');
  return execFileSync(process.execPath, [script, '24'], { encoding: 'utf8' }).trim();
}
