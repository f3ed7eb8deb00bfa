/*
 * Compiled, never run: what users of loggers write, with nothing of the loggers themselves. For their types see
 * test/loggers/logger-types.ts.
 */
import { azureRawStream, type AzureRawStreamOptions } from 'azure-monitor-bridge/bunyan';
import { captureConsole, type CaptureConsoleOptions } from 'azure-monitor-bridge/console';
import { log4jsAppender, type Log4jsAppenderOptions } from 'azure-monitor-bridge/log4js';
import { azureStream, traceMixin, type AzureStreamOptions } from 'azure-monitor-bridge/pino';
import type { PinoWorkerOptions } from 'azure-monitor-bridge/pino-worker';
import { AzureMonitorTransport, type AzureMonitorTransportOptions } from 'azure-monitor-bridge/winston';

const connectionString: string | undefined = process.env['CONNECTION_STRING'];
export const winston: AzureMonitorTransportOptions = { level: 'warn', connectionString, silent: undefined };
export const pino: AzureStreamOptions = { level: 'warn', messageKey: undefined, connectionString };
export const worker: PinoWorkerOptions = { level: 'warn', connectionString };
export const bunyan: AzureRawStreamOptions = { level: undefined, connectionString };
export const log4js: Log4jsAppenderOptions = { level: 'warn', connectionString };
export const consoleOptions: CaptureConsoleOptions = { level: 'warn', connectionString };
// @ts-expect-error The console has no such level.
captureConsole({ level: 'fatal' });
// @ts-expect-error Pino has no such level.
azureStream({ level: 'loud' });
// @ts-expect-error Bunyan has no such level.
azureRawStream({ level: 'loud' });
export const undo: () => void = captureConsole(consoleOptions);
export const ids: Record<string, string> = traceMixin()();
export const all: unknown[] = [
  new AzureMonitorTransport(winston).level,
  azureStream(pino).write('{}'),
  azureRawStream(bunyan).stream.write({}),
  log4jsAppender.configure(log4js),
];
