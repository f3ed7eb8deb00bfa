/** @jest-environment jsdom */
const { AzureMonitorTraceExporter } = require('azure-monitor-bridge');

test('an exporter refuses to be made where a browser is played', () => {
  expect(() => new AzureMonitorTraceExporter()).toThrow(
    'AzureMonitorTraceExporter of azure-monitor-bridge works on Node.js alone',
  );
});
