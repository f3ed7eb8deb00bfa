/*
 * Does what the command line says and lets the process end by itself, without shutdown. Prints the milliseconds from its
 * last statement to the end.
 */
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { AzureMonitorLogExporter, AzureMonitorMetricExporter, AzureMonitorTraceExporter } from 'azure-monitor-bridge';
import { once } from 'node:events';
import { writeSync } from 'node:fs';

const exporters = [new AzureMonitorTraceExporter(), new AzureMonitorMetricExporter(), new AzureMonitorLogExporter()];
const scenes = {
  constructed: () => undefined,
  sent: async () => {
    // A service has its own reasons to live, such as a listening socket.
    const life = setInterval(() => undefined, 1000);
    await exportSpan();
    clearInterval(life);
  },
  // stdin ends when the endpoint has the request, which it never answers.
  hanging: async () => {
    void exportSpan();
    await once(process.stdin.resume(), 'end');
  },
};

await scenes[process.argv[2]]();
const doneAt = performance.now();
process.on('exit', () => writeSync(1, String(performance.now() - doneAt)));

function exportSpan() {
  const span = new BasicTracerProvider().getTracer('app').startSpan('work');
  span.end();
  return new Promise(resolve => exporters[0].export([span], resolve));
}
