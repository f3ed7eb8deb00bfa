/*
 * An outage of an hour at 500 spans a second, 1.8 million in all, and what comes after it: how soon the disk is empty
 * again, and how late what is made meanwhile arrives. `npm run bench:outage` makes those spans as fast as they can be put
 * on disk, one batch of the SDK's after the other, and takes about ten minutes; with `--hour` the outage takes its hour.
 * The recovery is never shortened. The table goes into docs/performance.md; with `--spans 20000` it is printed only.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Service } from '../test/soak/service.ts';
import { writeOutage } from './page.js';
import { installTree } from './tree.js';

const SPANS_PER_SECOND = 500;
const HOUR_SECONDS = 3600;
const STORAGE_MAX_BYTES = 200_000_000;
/** As a service in the same region takes. */
const ANSWER_MILLIS = 100;
/** Live traffic goes on for as long before the recovery, so that it is steady by then. */
const RUN_UP_MILLIS = 10_000;

const isWholeHour = process.argv.includes('--hour');
const picked = process.argv.indexOf('--spans');
const spans = picked < 0 ? SPANS_PER_SECOND * HOUR_SECONDS : Number(process.argv[picked + 1]);

installTree();
const service = await Service.start();
const storageDirectory = mkdtempSync(path.join(tmpdir(), 'azure-monitor-outage-'));
const child = fork(path.join(import.meta.dirname, 'outage-app.js'), [JSON.stringify(settings())], { execArgv: [] });
try {
  await once(child, 'message');
  const table = await suffer();
  console.log(table);
  if (picked < 0) await writeOutage(table);
} finally {
  child.kill();
  await service.close();
  rmSync(storageDirectory, { recursive: true, force: true });
}

function settings() {
  const { connectionString } = service;
  const exporterOptions = { connectionString, storageDirectory, storageMaxBytes: STORAGE_MAX_BYTES };
  return { spansPerSecond: SPANS_PER_SECOND, exporterOptions };
}

async function suffer() {
  service.behaviour = 'refuse';
  const beganMillis = performance.now();
  if (!isWholeHour) await ask('fill', spans);
  const live = await ask('begin');
  await wait(isWholeHour ? (spans / SPANS_PER_SECOND) * 1000 : RUN_UP_MILLIS);
  const outageSeconds = (performance.now() - beganMillis) / 1000;
  const atEnd = { ...(await ask('report')), files: filesOf(storageDirectory) };
  service.answerMillis = ANSWER_MILLIS;
  service.behaviour = 'take';
  const recovered = await recover(live);
  return tableOf({ outageSeconds, atEnd, ...recovered, last: await ask('stop') });
}

/** Waits until the disk is empty; what was made before the first request was taken belongs to the outage. */
async function recover({ before, startedAtMillis }) {
  const wellMillis = performance.now();
  while (service.taken.size === 0) await wait(10);
  const firstMillis = performance.now();
  while ((await ask('report')).diskItems > 0) await wait(1000);
  const dueOf = number => startedAtMillis - performance.timeOrigin + ((number - before) / SPANS_PER_SECOND) * 1000;
  let emptyMillis = firstMillis;
  const arrivals = [...service.taken].map(([id, { firstMillis }]) => ({
    atMillis: firstMillis,
    number: parseInt(id, 16),
  }));
  for (const { atMillis, number } of arrivals)
    if (dueOf(number) < firstMillis) emptyMillis = Math.max(emptyMillis, atMillis);
  const liveOnes = arrivals.filter(({ number }) => dueOf(number) >= firstMillis && dueOf(number) < emptyMillis);
  const delays = liveOnes
    .map(({ atMillis, number }) => (atMillis - dueOf(number)) / 1000)
    .sort((one, two) => one - two);
  return { waitedSeconds: (firstMillis - wellMillis) / 1000, drainSeconds: (emptyMillis - firstMillis) / 1000, delays };
}

function tableOf({ outageSeconds, atEnd, waitedSeconds, drainSeconds, delays, last }) {
  const share = part => delays[Math.floor((delays.length - 1) * part)];
  const rows = {
    'spans made in the outage': `${numberOf(atEnd.made)} in ${numberOf(outageSeconds)} s`,
    'on disk at its end': `${numberOf(atEnd.diskItems)} spans in ${numberOf(atEnd.files)} files, ${numberOf(atEnd.diskBytes / 1e6)} MB`,
    'lines in the log until then': numberOf(atEnd.logLines),
    'from the recovery to the first request': `${waitedSeconds.toFixed(0)} s`,
    'from there until the disk was empty': `${drainSeconds.toFixed(0)} s`,
    'spans made meanwhile, from their end to their arrival': `median ${share(0.5).toFixed(1)} s, p99 ${share(0.99).toFixed(1)} s, maximum ${share(1).toFixed(1)} s`,
    lost: numberOf(last.made - service.taken.size),
    'arrived twice': numberOf(service.copies),
    'peak memory of the process': `${numberOf(last.peakMegabytes)} MB`,
  };
  const lines = Object.entries(rows).map(([what, figure]) => `| ${what} | ${figure} |`);
  return ['| An outage of an hour | |', '| --- | ---: |', ...lines].join('\n');
}

function numberOf(value) {
  return Math.round(value).toLocaleString('en-GB');
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length;
}

async function ask(...question) {
  child.send(question);
  const [answer] = await once(child, 'message');
  return answer;
}
