import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CountAggregation,
  DistributionAggregation,
  LastValueAggregation,
  SumAggregation,
  type Aggregation,
} from '../../src/opencensus/aggregation.ts';
import { MeasureFloat, MeasureInt, type Measure } from '../../src/opencensus/measure.ts';
import { ValueDistribution, type MetricValue } from '../../src/opencensus/metric-value.ts';
import { Stats } from '../../src/opencensus/stats.ts';
import { TagMap, type Tag } from '../../src/opencensus/tag-map.ts';
import { View } from '../../src/opencensus/view.ts';

type Operation =
  | ['measure', 'int' | 'float', string]
  | ['view', string, number, 'count' | 'sum' | 'last' | 'dist' | 'dist0', number[], string[]]
  | ['rec', [number, number][], Tag[], string | null, number];

interface Program {
  ops: Operation[];
  out: unknown[];
}

const PROGRAMS = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'opencensus-stats.json'), 'utf8'),
) as readonly Program[];

describe('the stats, against programs recorded on OpenCensus Python', () => {
  it('have 200 of them', () => {
    expect(PROGRAMS).to.have.length(200);
  });

  PROGRAMS.forEach(({ ops, out }, i) => {
    it(`answer as recorded to program ${i}`, () => {
      expect(replay(ops)).to.deep.equal(out);
    });
  });
});

/** Runs a program on fresh stats, and writes their metrics in the form of the recording. */
function replay(ops: readonly Operation[]): unknown[] {
  const stats = new Stats();
  const measures: Measure[] = [];
  for (const operation of ops) perform(operation, stats, measures);
  return stats
    .getMetrics(new Date('2026-11-22T00:00:00Z'))
    .flatMap(({ descriptor, timeSeries }) =>
      timeSeries.map(({ labelValues, startTimestamp, points }) => [
        descriptor.name,
        descriptor.type,
        labelValues,
        startTimestamp === stats.viewManager.time ? 'T0' : startTimestamp,
        describeValue(points[0].value),
      ]),
    );
}

function perform(operation: Operation, stats: Stats, measures: Measure[]): void {
  switch (operation[0]) {
    case 'measure': {
      const [, kind, name] = operation;
      measures.push(kind === 'int' ? new MeasureInt(name, '') : new MeasureFloat(name, ''));
      return;
    }
    case 'view': {
      const [, name, measure, aggregation, bounds, columns] = operation;
      stats.viewManager.registerView(
        new View(name, '', columns, measures[measure]!, AGGREGATIONS[aggregation](bounds)),
      );
      return;
    }
    case 'rec':
      record(operation, stats, measures);
  }
}

const AGGREGATIONS: Record<(Operation & ['view', ...unknown[]])[3], (bounds: number[]) => Aggregation> = {
  count: () => new CountAggregation(),
  sum: () => new SumAggregation(),
  last: () => new LastValueAggregation(),
  dist: bounds => new DistributionAggregation(bounds),
  dist0: () => new DistributionAggregation(),
};

function record(
  [, values, tags, attachment, times]: Operation & ['rec', ...unknown[]],
  stats: Stats,
  measures: Measure[],
) {
  const map = stats.statsRecorder.newMeasurementMap();
  for (const [measure, value] of values) map.measureFloatPut(measures[measure] as MeasureFloat, value);
  if (attachment !== null) map.measurePutAttachment('k', attachment);
  const tagMap = new TagMap();
  for (const [key, value] of tags) tagMap.insert(key, value);
  for (let i = 0; i < times; i += 1) map.record(tagMap);
}

function describeValue(value: MetricValue): unknown[] {
  if (!(value instanceof ValueDistribution)) return [value.constructor.name, value.value];
  const buckets = value.buckets?.map(({ count, exemplar }) => [
    count,
    exemplar === null ? null : [exemplar.value, exemplar.attachments],
  ]);
  return [value.count, value.sum, value.sumOfSquaredDeviation, buckets ?? null];
}
