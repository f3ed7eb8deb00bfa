/* Code that is built for a browser too, and tells what it meets there. */
import { AzureMonitorTraceExporter, VERSION } from 'azure-monitor-bridge';
import { CanonicalCode } from 'azure-monitor-bridge/opencensus';

console.log(VERSION);
for (const use of [() => new AzureMonitorTraceExporter(), () => CanonicalCode.OK]) {
  try {
    use();
  } catch (error) {
    console.log(error.message);
  }
}
