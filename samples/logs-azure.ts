// Logs prompts and sends the messages to Azure Monitor: node --import tsx samples/logs-azure.ts
import { AzureLogHandler, getLogger } from 'azure-monitor-bridge/opencensus';
import { connectionString } from './connection-string.ts';
import { input } from './input.ts';

const logger = getLogger('app');
// Or as it stands: 'InstrumentationKey=00000000-0000-0000-0000-000000000000'
logger.addHandler(new AzureLogHandler({ connectionString }));

let line: string | undefined;
while ((line = await input('Enter a value: ')) !== undefined) logger.warning(line);
