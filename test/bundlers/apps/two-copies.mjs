/* Has the library inside its bundle, and once more as installed, as a dependency that was not bundled would load it. */
import { createRequire } from 'node:module';
import { AzureMonitorTraceExporter } from 'azure-monitor-bridge';

const installed = createRequire(`${process.cwd()}/package.json`)('azure-monitor-bridge');
const exporters = [new AzureMonitorTraceExporter(), new installed.AzureMonitorTraceExporter()];
const registries = Object.getOwnPropertySymbols(globalThis).filter(key => /bridge\.delivery\./.test(String(key)));
console.log({
  sameClass: AzureMonitorTraceExporter === installed.AzureMonitorTraceExporter,
  deliveries: registries.map(key => globalThis[key].size),
});
void Promise.all(exporters.map(exporter => exporter.shutdown()));
