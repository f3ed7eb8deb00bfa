/* Prints what keeps the process busy before the exporters are made, and after they were used and shut down. */
import * as exporters from 'azure-monitor-bridge';
// The standard streams become active where they are first looked at, which this import of all of them does; so does got.
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { sendThrough } from './providers.mjs';

const before = process.getActiveResourcesInfo();
await sendThrough(exporters);
await setImmediate(); // Node.js counts a call to the file system that has just ended until the next turn.
const after = process.getActiveResourcesInfo();
console.log(JSON.stringify({ before, after }));
