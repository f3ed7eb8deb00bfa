/* Exporters in number: fifty in a process, one in each of three threads, one in each of three processes of a cluster. */
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread } from 'node:worker_threads';

const PARTS = 3;
const scenes = { fifty: sendThroughFifty, threads: startThreads, cluster: startProcesses };
if (isMainThread && cluster.isPrimary) await scenes[process.argv[2]]();
else await sendThrough(1);

async function sendThroughFifty() {
  const shutdown = await sendThrough(50, { isOpen: true });
  const registries = Object.getOwnPropertySymbols(globalThis).filter(key => /bridge\.delivery\./.test(String(key)));
  const open = {
    deliveries: registries.map(key => globalThis[key].size),
    exitListeners: process.listenerCount('exit'),
    connections: process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length,
  };
  await shutdown();
  console.log(JSON.stringify({ open, deliveriesLeft: registries.map(key => globalThis[key].size) }));
}

async function startThreads() {
  const threads = Array.from({ length: PARTS }, () => new Worker(fileURLToPath(import.meta.url)));
  console.log(JSON.stringify((await Promise.all(threads.map(thread => once(thread, 'exit')))).flat()));
}

async function startProcesses() {
  const processes = Array.from({ length: PARTS }, () => cluster.fork());
  const codes = await Promise.all(processes.map(async each => (await once(each, 'exit'))[0]));
  console.log(JSON.stringify(codes));
}

/** Sends one span through each of so many exporters. */
async function sendThrough(count, { isOpen = false } = {}) {
  const resource = resourceFromAttributes({ 'service.name': 'scale' });
  const processors = Array.from({ length: count }, () => new SimpleSpanProcessor(new AzureMonitorTraceExporter()));
  const providers = processors.map(each => new BasicTracerProvider({ resource, spanProcessors: [each] }));
  for (const provider of providers) provider.getTracer('scale').startSpan('work').end();
  await Promise.all(providers.map(provider => provider.forceFlush()));
  const shutdown = () => Promise.all(providers.map(provider => provider.shutdown()));
  if (!isOpen) await shutdown();
  // A process of a cluster stays as long as it is connected.
  if (cluster.isWorker) cluster.worker.disconnect();
  return shutdown;
}
