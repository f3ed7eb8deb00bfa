/*
 * What a server that accepts connections and never answers costs in memory: 30,000 spans of about 2 KB go through a
 * BatchSpanProcessor to our exporter, and, as the control, to one that does nothing. Each runs in a process of its own.
 * On a busy machine garbage is collected late, and the peaks say more about that than about the exporter.
 *
 *   node --import tsx bench/silent-server.ts
 */
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AzureMonitorTraceExporter } from '../src/exporters/trace-exporter.ts';

const SPANS = 30_000;
const ROUNDS = 3;
const SPANS_PER_STEP = 150;
const STEP_MILLIS = 100;
/** Past the time limit of a request, so that its failure and the closed gate are part of it. */
const LINGER_MILLIS = 25_000;

interface Result {
  readonly peakMegabytes: number;
  readonly kept: string;
}

const [mode, port] = process.argv.slice(2);
if (mode === undefined) await compare();
else process.send?.(await measure(mode === 'control' ? noOperation() : toServer(Number(port))));

async function compare(): Promise<void> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => sockets.add(socket.on('error', () => undefined).resume()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: silentPort } = server.address() as AddressInfo;
  console.log(`${SPANS} spans of about 2 KB, Node.js ${process.version}, peaks in MB`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const control = await runChild('control', silentPort);
    const ours = await runChild('ours', silentPort);
    const growth = ours.peakMegabytes - control.peakMegabytes;
    const peaks = `control ${control.peakMegabytes.toFixed(1)}, ours ${ours.peakMegabytes.toFixed(1)}`;
    console.log(`${peaks}, growth ${growth.toFixed(1)}; ${ours.kept}`);
  }
  for (const socket of sockets) socket.destroy();
  server.close();
}

async function runChild(which: string, silentPort: number): Promise<Result> {
  const child = fork(import.meta.filename, [which, `${silentPort}`], { execArgv: ['--import', 'tsx'] });
  const [result] = (await once(child, 'message')) as [Result];
  await once(child, 'exit');
  return result;
}

async function measure(exporter: SpanExporter & Partial<Pick<AzureMonitorTraceExporter, 'stats'>>): Promise<Result> {
  const provider = new BasicTracerProvider({
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: STEP_MILLIS })],
  });
  const tracer = provider.getTracer('bench');
  for (let made = 0; made < SPANS; made += SPANS_PER_STEP) {
    for (let n = made; n < made + SPANS_PER_STEP; n += 1) {
      tracer.startSpan(`GET /orders/${n}`, { attributes: { text: textOf(n) } }).end();
    }
    await pause(STEP_MILLIS);
  }
  await pause(LINGER_MILLIS);
  const stats = exporter.stats?.();
  const kept = `${stats?.memoryItems} of ${stats?.created} items kept in ${stats?.memoryBytes} bytes`;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  // Nothing more can be sent; the process ends without waiting for that.
  setImmediate(() => process.exit());
  return { peakMegabytes, kept };
}

/** 2 KB that compress about as well as telemetry does: words and numbers. */
function textOf(n: number): string {
  let text = '';
  for (let state = n + 1; text.length < 2000; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) {
    text += `SELECT item_${state % 1000} FROM orders WHERE id = ${state} AND state = 'open'; `;
  }
  return text;
}

function toServer(silentPort: number): AzureMonitorTraceExporter {
  const endpoint = `IngestionEndpoint=http://127.0.0.1:${silentPort}/`;
  return new AzureMonitorTraceExporter({
    connectionString: `InstrumentationKey=00000000-0000-0000-0000-000000000001;${endpoint}`,
  });
}

function noOperation(): SpanExporter {
  return { export: (_, done) => done({ code: 0 }), shutdown: () => Promise.resolve() };
}
