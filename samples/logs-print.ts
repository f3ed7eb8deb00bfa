// Logs prompts, to stderr: node --import tsx samples/logs-print.ts
import { getLogger } from 'azure-monitor-bridge/opencensus';
import { input } from './input.ts';

const logger = getLogger('app');

let line: string | undefined;
while ((line = await input('Enter a value: ')) !== undefined) logger.warning(line);
