/*
 * What a large backlog on disk costs: as many batches of about 30 KB as the command line says, 10,000 unless it does, are
 * put on disk while the service is away; then the folder is read as at a start, and emptied beside live traffic once the
 * service is back.
 *
 *   npm run bench:backlog -- 10000
 */
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AzureMonitorTraceExporter } from '../src/index.ts';
import { parseConnectionString } from '../src/connection-string.ts';
import { Spool } from '../src/spool/spool.ts';
import { Service } from '../test/soak/service.ts';

const BATCHES = Number(process.argv[2] ?? 10_000);
const SPANS_PER_BATCH = 40;
const RANDOM_BYTES_PER_SPAN = 620;
const LIVE_EVERY_MILLIS = 1000;

const tracer = new BasicTracerProvider().getTracer('backlog');
const storageDirectory = await mkdtemp(path.join(tmpdir(), 'azure-monitor-backlog-'));
const service = await Service.start();
const options = { connectionString: service.connectionString, storageDirectory, storageMaxBytes: 2 ** 31 };
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

async function fill(): Promise<void> {
  const exporter = new AzureMonitorTraceExporter(options);
  const pushMillis: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) pushMillis.push(await exportBatch(exporter));
  await exporter.shutdown();
  const { diskItems, diskBytes } = exporter.stats();
  const files = diskItems / SPANS_PER_BATCH;
  console.log(`on disk: ${files} batches of ${(diskBytes / files / 1024).toFixed(1)} KB`);
  const last = pushMillis.slice(-Math.ceil(BATCHES / 10));
  console.log(`export() with the folder nearly full: ${shares(last)} ms`);
}

async function readFolder(): Promise<void> {
  const { ingestionEndpoint, instrumentationKey } = parseConnectionString(service.connectionString);
  const spool = new Spool({
    directories: [storageDirectory],
    destination: [ingestionEndpoint, instrumentationKey],
    maxBytes: options.storageMaxBytes,
    onLoss: (_counts, loss) => console.log(`lost: ${loss}`),
    clock: {
      monotonicMillis: () => performance.now(),
      wallMillis: () => Date.now(),
      schedule: () => ({ cancel: () => undefined }),
    },
  });
  const begunMillis = performance.now();
  await spool.start();
  console.log(
    `start, until all ${spool.stats().diskItems / SPANS_PER_BATCH} files are known: ${since(begunMillis)} ms`,
  );
}

async function empty(): Promise<void> {
  const begunMillis = performance.now();
  const exporter = new AzureMonitorTraceExporter(options);
  const liveMillis: number[] = [];
  const total = BATCHES * SPANS_PER_BATCH;
  for (let live = 1; service.taken.size < total + (live - 1) * SPANS_PER_BATCH; live += 1) {
    liveMillis.push(await exportBatch(exporter));
    await wait(LIVE_EVERY_MILLIS);
  }
  console.log(`emptied in ${(since(begunMillis) / 1000).toFixed(0)} s, ${service.copies} spans sent twice`);
  console.log(`live batches meanwhile, from export() to SUCCESS: ${shares(liveMillis)} ms`);
  await exporter.shutdown();
}

async function exportBatch(exporter: AzureMonitorTraceExporter): Promise<number> {
  const spans = Array.from({ length: SPANS_PER_BATCH }, () => {
    const span = tracer.startSpan('GET /orders', {
      attributes: { 'app.text': randomBytes(RANDOM_BYTES_PER_SPAN).toString('hex') },
    });
    span.end();
    return span as unknown as ReadableSpan;
  });
  const begunMillis = performance.now();
  await new Promise<void>((resolve, reject) => {
    exporter.export(spans, ({ code, error }) =>
      code === 0 ? resolve() : reject(error ?? new Error('the batch was not taken')),
    );
  });
  return performance.now() - begunMillis;
}

function since(begunMillis: number): number {
  return Math.round(performance.now() - begunMillis);
}

function shares(millis: readonly number[]): string {
  const sorted = millis.slice().sort((one, other) => one - other);
  const share = (part: number): string => sorted[Math.floor((sorted.length - 1) * part)]!.toFixed(1);
  return `median ${share(0.5)}, p99 ${share(0.99)}`;
}
