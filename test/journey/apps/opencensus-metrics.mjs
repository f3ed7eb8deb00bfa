/*
 * Counts with OpenCensus's stats and comes to its end, as the scene on the command line says. Prints the milliseconds
 * from its last statement to the end.
 */
import { CountAggregation, MeasureInt, newMetricsExporter, stats, TagMap, View } from 'azure-monitor-bridge/opencensus';
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const commonjs = createRequire(import.meta.url)('azure-monitor-bridge/opencensus');
const scenes = {
  // Exporters of both copies of the library, whose stats are one.
  both: () => [newMetricsExporter(), commonjs.newMetricsExporter()],
  esm: () => newMetricsExporter(),
  cjs: () => commonjs.newMetricsExporter(),
  impatient: () => newMetricsExporter({ gracePeriod: 0.2 }),
  'without storage': () => newMetricsExporter({ enableLocalStorage: false }),
  'shut down': () => newMetricsExporter().shutdown(),
};

const prompts = new MeasureInt('prompts', 'number of prompts', 'prompts');
commonjs.stats.viewManager.registerView(
  new View('prompt view', 'number of prompts', [], prompts, new CountAggregation()),
);
const map = stats.statsRecorder.newMeasurementMap();
map.measureIntPut(prompts, 1);
map.record(new TagMap());

await scenes[process.argv[2]]();
process.exitCode = Number(process.argv[3] ?? 0);
const doneAt = performance.now();
process.on('exit', () => writeSync(1, String(performance.now() - doneAt)));
