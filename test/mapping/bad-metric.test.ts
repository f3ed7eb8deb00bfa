import assert from 'node:assert/strict';
import { metricPoints } from '../../src/mapping/metric.ts';
import type { MetricPoint } from '../../src/mapping/opentelemetry.ts';
import { mappingContext } from './mapping-context.ts';
import { pointToEnvelopes } from './envelopes.ts';

const [HISTOGRAM, GAUGE, SUM] = [0, 2, 3];

/** What is sent of points with these values, as `[value, count]`, and what was left out. */
function map(
  values: readonly unknown[],
  dataPointType: number,
  name = 'cart.size',
): { sent: unknown[]; omitted: unknown[] } {
  const context = mappingContext();
  const time: MetricPoint['endTime'] = [1_795_348_800, 0];
  const dataPoints = values.map(value => ({ startTime: time, endTime: time, attributes: {}, value }));
  const descriptor = { name, unit: '', description: '' };
  const metrics = [{ descriptor, aggregationTemporality: 0, dataPointType, dataPoints }];
  const collected = { resource: { attributes: {} }, scopeMetrics: [{ scope: { name: 'test' }, metrics }] };
  const envelopes = [...metricPoints(collected)].flatMap(point => pointToEnvelopes(point, context));
  return { sent: envelopes.map(({ data }) => data.baseData), omitted: [...context.omissions.entries()] };
}

function row(value: number, name = 'cart.size'): object {
  return { ver: 2, metrics: [{ name, kind: 'Aggregation', value, count: 1 }] };
}

describe('a data point with something wrong', () => {
  it('is dropped and counted when it is not finite, and no other', () => {
    assert.deepStrictEqual(map([1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2], GAUGE), {
      sent: [row(1), row(2)],
      omitted: [['non_finite', 3]],
    });
  });

  it('is not sent when it counted nothing, whatever its bounds', () => {
    const empty = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
    assert.deepStrictEqual(map([empty], HISTOGRAM), { sent: [], omitted: [] });
  });

  it('is sent as a number when it is a bigint that a number can hold', () => {
    assert.deepStrictEqual(map([7n, 2n ** 53n, 8n], SUM), {
      sent: [row(7), row(8)],
      omitted: [['unconvertible', 1]],
    });
  });

  it('is dropped and counted when its type is unknown', () => {
    assert.deepStrictEqual(map([1], 42), { sent: [], omitted: [['unconvertible', 1]] });
  });

  it('has a name of at most 1024 code units', () => {
    assert.deepStrictEqual(map([1], SUM, 'n'.repeat(2048)), {
      sent: [row(1, 'n'.repeat(1024))],
      omitted: [['text', 1]],
    });
  });

  it('is dropped and counted when its metric has no name', () => {
    assert.deepStrictEqual(map([1], SUM, ''), { sent: [], omitted: [['unconvertible', 1]] });
  });
});
