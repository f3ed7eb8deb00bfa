/* What an application needs to be seen in Azure Monitor: loaded before the libraries that it instruments. */
const { BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const { AzureMonitorLogExporter, AzureMonitorTraceExporter } = require('azure-monitor-bridge');
const { bridgeLegacyLogs } = require('azure-monitor-bridge/logs-bridge');

// winston's transport writes to the Logs API of OpenTelemetry 2, where OpenTelemetry 3 does not look.
bridgeLegacyLogs();

/** Starts OpenTelemetry with instrumentations; its `shutdown` sends what is left. */
exports.startTelemetry = instrumentations => {
  const sdk = new NodeSDK({
    serviceName: 'traffic',
    traceExporter: new AzureMonitorTraceExporter(),
    logRecordProcessors: [new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() })],
    metricReaders: [],
    instrumentations,
  });
  sdk.start();
  return sdk;
};
