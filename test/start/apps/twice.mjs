/* Loaded after register: asks both formats of the library to start, and prints whether both gave the same. */
import { startAzureMonitor } from 'azure-monitor-bridge/start';
import { createRequire } from 'node:module';

const commonjs = createRequire(import.meta.url)('azure-monitor-bridge/start');
const first = startAzureMonitor();
process.stdout.write(`${commonjs.startAzureMonitor({}) === first}`);
