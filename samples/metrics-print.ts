// Counts prompts and prints the count: node --import tsx samples/metrics-print.ts
import { CountAggregation, MeasureInt, stats, TagMap, View } from 'azure-monitor-bridge/opencensus';
import { input } from './input.ts';

const { viewManager, statsRecorder } = stats;

const promptMeasure = new MeasureInt('prompts', 'number of prompts', 'prompts');
const promptView = new View('prompt view', 'number of prompts', [], promptMeasure, new CountAggregation());
viewManager.registerView(promptView);
const mmap = statsRecorder.newMeasurementMap();
const tmap = new TagMap();

while ((await input('Press enter.')) !== undefined) {
  mmap.measureIntPut(promptMeasure, 1);
  mmap.record(tmap);
  const [metric] = mmap.measureToViewMap.getMetrics(new Date());
  console.log(metric?.timeSeries[0]?.points[0]); // Point(value=ValueLong(1), timestamp=2026-11-22 15:35:10.123000)
}
