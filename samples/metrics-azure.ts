// Counts prompts, prints the count and sends it to Azure Monitor: node --import tsx samples/metrics-azure.ts
import { CountAggregation, MeasureInt, newMetricsExporter, stats, TagMap, View } from 'azure-monitor-bridge/opencensus';
import { connectionString } from './connection-string.ts';
import { input } from './input.ts';

const { viewManager, statsRecorder } = stats;

const promptMeasure = new MeasureInt('prompts', 'number of prompts', 'prompts');
const promptView = new View('prompt view', 'number of prompts', [], promptMeasure, new CountAggregation());
viewManager.registerView(promptView);
const mmap = statsRecorder.newMeasurementMap();
const tmap = new TagMap();

// Or as it stands: 'InstrumentationKey=00000000-0000-0000-0000-000000000000'
const exporter = newMetricsExporter({ connectionString });
viewManager.registerExporter(exporter);

while ((await input('Press enter.')) !== undefined) {
  mmap.measureIntPut(promptMeasure, 1);
  mmap.record(tmap);
  const [metric] = mmap.measureToViewMap.getMetrics(new Date());
  console.log(metric?.timeSeries[0]?.points[0]); // Point(value=ValueLong(1), timestamp=2026-11-22 15:35:10.123000)
}
