/*
 * Compiled, never run: what users of OpenCensus's logging write, on each line of OpenTelemetry.
 */
import {
  AzureEventHandler,
  AzureLogHandler,
  getLogger,
  LogLevel,
  type AzureLogHandlerOptions,
  type EitherCase,
  type Logger,
  type LogHandler,
} from 'azure-monitor-bridge/opencensus';

export const options: EitherCase<AzureLogHandlerOptions> = {
  connection_string: process.env['CONNECTION_STRING'],
  logging_sampling_rate: 0.5,
  exportInterval: undefined,
};
const handler = new AzureLogHandler(options);
handler.level = LogLevel.ERROR;
handler.addTelemetryProcessor(({ data }) => data.baseType === 'MessageData');

const lines: string[] = [];
export const handlers: LogHandler[] = [handler, new AzureEventHandler(), { handle: record => lines.push(record.name) }];

const logger: Logger = getLogger('app.db');
for (const each of handlers) logger.addHandler(each);
logger.setLevel('INFO');
// @ts-expect-error There is no such level.
logger.setLevel('LOUD');
logger.info('action', { customDimensions: { tries: 3, nested: { a: 1 } } });
logger.info('action', { custom_dimensions: {}, custom_measurements: { items: 3 } });
// @ts-expect-error Measurements are numbers.
logger.info('action', { customMeasurements: { items: '3' } });
logger.exception(new Error('no'), 'Captured.');
logger.log(LogLevel.CRITICAL, 'text');
export const parent: Logger | undefined = logger.parent;
