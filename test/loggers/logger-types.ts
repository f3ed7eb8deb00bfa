/*
 * Compiled, never run: the loggers' own types take what the entry points give.
 */
import { azureRawStream } from 'azure-monitor-bridge/bunyan';
import { log4jsAppender } from 'azure-monitor-bridge/log4js';
import { azureStream, traceMixin } from 'azure-monitor-bridge/pino';
import { AzureMonitorTransport } from 'azure-monitor-bridge/winston';
import bunyan from 'bunyan';
import log4js from 'log4js';
import pino from 'pino';
import winston from 'winston';

export const byWinston: winston.Logger = winston.createLogger({
  transports: [new winston.transports.Console(), new AzureMonitorTransport({ level: 'warn' })],
  exceptionHandlers: [new AzureMonitorTransport()],
});
export const byPino: pino.Logger[] = [
  pino(azureStream()),
  pino({ level: 'debug' }, azureStream({ level: 'warn' })),
  pino({}, pino.multistream([{ stream: process.stdout }, { level: 'warn', stream: azureStream() }])),
  pino({ mixin: traceMixin() }, pino.transport({ target: 'azure-monitor-bridge/pino-worker' })),
];
export const byBunyan: bunyan = bunyan.createLogger({
  name: 'app',
  streams: [{ stream: process.stdout }, azureRawStream({ level: 'warn' })],
});
export const byLog4js: log4js.Log4js = log4js.configure({
  appenders: { azure: { type: log4jsAppender, level: 'warn' }, out: { type: 'stdout' } },
  categories: { default: { appenders: ['out', 'azure'], level: 'info' } },
});
