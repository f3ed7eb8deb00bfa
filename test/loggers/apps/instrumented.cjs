/* Logs through each logger to Azure while OpenTelemetry's instrumentations send what they log as well. */
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { BunyanInstrumentation } = require('@opentelemetry/instrumentation-bunyan');
const { PinoInstrumentation } = require('@opentelemetry/instrumentation-pino');
const { WinstonInstrumentation } = require('@opentelemetry/instrumentation-winston');

const disableLogSending = process.argv[3] === 'only-correlation';
registerInstrumentations({
  instrumentations: [BunyanInstrumentation, PinoInstrumentation, WinstonInstrumentation].map(
    Instrumentation => new Instrumentation({ disableLogSending }),
  ),
});

const { azureRawStream } = require('azure-monitor-bridge/bunyan');
const { azureStream } = require('azure-monitor-bridge/pino');
const { AzureMonitorTransport } = require('azure-monitor-bridge/winston');
const bunyan = require('bunyan');
const pino = require('pino');
const winston = require('winston');

void main();

async function main() {
  const { inSpan, registerProvider } = await import('./providers-of-logs.mjs');
  const shutdown = await registerProvider(process.argv[2]);
  const loggers = {
    winston: winston.createLogger({ transports: [new AzureMonitorTransport({ level: 'warn' })] }),
    pino: pino(azureStream()),
    bunyan: bunyan.createLogger({ name: 'app', streams: [azureRawStream({ level: 'warn' })] }),
  };
  for (const [name, logger] of Object.entries(loggers)) inSpan(() => logger.warn(`${name} once`));
  await shutdown();
}
