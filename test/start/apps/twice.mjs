/* Loaded after register: starts again, by both formats of the library and in a worker thread, which preloads as well. */
import { startAzureMonitor } from 'azure-monitor-bridge/start';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const commonjs = createRequire(import.meta.url)('azure-monitor-bridge/start');
const first = startAzureMonitor();
process.stdout.write(String(commonjs.startAzureMonitor({ serviceName: 'other' }) === first));
await once(new Worker('', { eval: true }), 'exit');
