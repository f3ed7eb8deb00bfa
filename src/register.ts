/*
 * For `node --import azure-monitor-bridge/register app.js`, and `--require`: starts OpenTelemetry for Azure Monitor before
 * the application, as the environment says. Never ends the process, whatever is wrong or missing.
 */
import { isMainThread } from 'node:worker_threads';
import { startAzureMonitor } from './start/start.ts';

// Node.js preloads in worker threads too: in those of pino's transports, and in its own for module hooks. Each would
// have an SDK, and measure the process once more. A worker of the application calls startAzureMonitor itself.
if (isMainThread) startAzureMonitor();
