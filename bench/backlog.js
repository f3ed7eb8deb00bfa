/*
 * What a large backlog on disk costs: as many batches of about 30 KB as the command line says, 10,000 unless it does, are
 * put on disk while the service is away; then the folder is read as at a start, and emptied beside live traffic once the
 * service is back. `npm run bench:backlog`, ten minutes; the table goes into docs/performance.md. With another number of
 * batches, as in `npm run bench:backlog -- 300`, it is printed only.
 */
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AzureMonitorTraceExporter } from '../src/index.ts';
import { parseConnectionString } from '../src/connection-string.ts';
import { Spool } from '../src/spool/spool.ts';
import { Service } from '../test/soak/service.ts';
import { exportBatch } from './contenders.js';
import { writeBacklog } from './page.js';

const USUAL_BATCHES = 10_000;
const BATCHES = Number(process.argv[2] ?? USUAL_BATCHES);
const SPANS_PER_BATCH = 40;
const RANDOM_BYTES_PER_SPAN = 620;
const LIVE_EVERY_MILLIS = 1000;

const tracer = new BasicTracerProvider().getTracer('backlog');
const storageDirectory = await mkdtemp(path.join(tmpdir(), 'azure-monitor-backlog-'));
const service = await Service.start();
const options = { connectionString: service.connectionString, storageDirectory, storageMaxBytes: 2 ** 31 };
const rows = [];
try {
  service.behaviour = 'refuse';
  await fill();
  await readFolder();
  service.behaviour = 'take';
  await empty();
} finally {
  await service.close();
  await rm(storageDirectory, { recursive: true, force: true });
}
const table = ['| A large backlog | |', '| --- | ---: |', ...rows].join('\n');
if (BATCHES === USUAL_BATCHES) await writeBacklog(table);

async function fill() {
  const exporter = new AzureMonitorTraceExporter(options);
  const pushMillis = [];
  for (let batch = 0; batch < BATCHES; batch += 1) pushMillis.push(await timeExport(exporter));
  await exporter.shutdown();
  const { diskItems, diskBytes } = exporter.stats();
  const files = diskItems / SPANS_PER_BATCH;
  add('on disk', `${files.toLocaleString('en-GB')} files of ${(diskBytes / files / 1000).toFixed(1)} KB`);
  add('`export()`, the last tenth of them', `${shares(pushMillis.slice(-Math.ceil(BATCHES / 10)))} ms`);
}

async function readFolder() {
  const { ingestionEndpoint, instrumentationKey } = parseConnectionString(service.connectionString);
  const spool = new Spool({
    directories: [storageDirectory],
    destination: [ingestionEndpoint, instrumentationKey],
    maxBytes: options.storageMaxBytes,
    onLoss: (_counts, loss) => add('lost', loss),
    clock: {
      monotonicMillis: () => performance.now(),
      wallMillis: () => Date.now(),
      schedule: () => ({ cancel: () => undefined }),
    },
  });
  const begunMillis = performance.now();
  await spool.start();
  const startMillis = performance.now() - begunMillis;
  const files = spool.stats().diskItems / SPANS_PER_BATCH;
  add(`start, until all ${files.toLocaleString('en-GB')} are known`, `${startMillis.toFixed(0)} ms`);
}

async function empty() {
  const begunMillis = performance.now();
  const exporter = new AzureMonitorTraceExporter(options);
  const liveMillis = [];
  const total = BATCHES * SPANS_PER_BATCH;
  for (let live = 1; service.taken.size < total + (live - 1) * SPANS_PER_BATCH; live += 1) {
    liveMillis.push(await timeExport(exporter));
    await wait(LIVE_EVERY_MILLIS);
  }
  add('emptied, once the service was back', `${((performance.now() - begunMillis) / 1000).toFixed(0)} s`);
  add('live batches meanwhile, from `export()` to SUCCESS', `${shares(liveMillis)} ms`);
  add('spans that arrived twice', `${service.copies}`);
  await exporter.shutdown();
}

async function timeExport(exporter) {
  const spans = Array.from({ length: SPANS_PER_BATCH }, () => {
    const span = tracer.startSpan('GET /orders', {
      attributes: { 'app.text': randomBytes(RANDOM_BYTES_PER_SPAN).toString('hex') },
    });
    span.end();
    return span;
  });
  const begunMillis = performance.now();
  await exportBatch(exporter, spans);
  return performance.now() - begunMillis;
}

function add(what, figure) {
  rows.push(`| ${what} | ${figure} |`);
  console.log(rows.at(-1));
}

function shares(millis) {
  const sorted = millis.slice().sort((one, other) => one - other);
  const share = part => sorted[Math.floor((sorted.length - 1) * part)].toFixed(1);
  return `median ${share(0.5)}, p99 ${share(0.99)}`;
}
