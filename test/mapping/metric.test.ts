import assert from 'node:assert/strict';
import type { DataPoint } from '../../src/envelope/envelope.ts';
import { metricPoints, type MetricPointInput } from '../../src/mapping/metric.ts';
import type { MetricPoint, MetricRecord } from '../../src/mapping/opentelemetry.ts';
import { mappingContext } from './mapping-context.ts';
import { pointToEnvelopes } from './envelopes.ts';

const [HISTOGRAM, EXPONENTIAL_HISTOGRAM, GAUGE, SUM] = [0, 1, 2, 3];
const [DELTA, CUMULATIVE] = [0, 1];

describe('pointToEnvelopes', () => {
  it('turns a histogram into its sum, count, minimum and maximum at the end of its interval', () => {
    const value = { sum: 12.5, count: 4, min: 0.5, max: 9, buckets: { boundaries: [5], counts: [3, 1] } };
    const input = makeInput({ dataPointType: HISTOGRAM }, { value, attributes: { 'http.route': '/cart', ok: true } });
    assert.deepStrictEqual(pointToEnvelopes(input, mappingContext()), [
      {
        ver: 1,
        name: 'Microsoft.ApplicationInsights.Metric',
        time: '2026-11-22T12:00:00.250Z',
        sampleRate: 100,
        iKey: '11111111-2222-3333-4444-555555555555',
        tags: {
          'ai.cloud.role': 'shop',
          'ai.cloud.roleInstance': 'shop-1',
          'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
        },
        data: {
          baseType: 'MetricData',
          baseData: {
            ver: 2,
            metrics: [{ name: 'cart.size', kind: 'Aggregation', value: 12.5, count: 4, min: 0.5, max: 9 }],
            properties: { 'http.route': '/cart', ok: 'true' },
          },
        },
      },
    ]);
  });

  const buckets = { offset: 0, bucketCounts: [1, 2] };
  const points: [string, number, unknown, Partial<DataPoint>][] = [
    ['a sum', SUM, 3, { value: 3, count: 1 }],
    ['a sum of zero', SUM, 0, { value: 0, count: 1 }],
    ['a sum that went down', SUM, -2.5, { value: -2.5, count: 1 }],
    ['a gauge', GAUGE, 21.75, { value: 21.75, count: 1 }],
    ['a bigint', SUM, 9_007_199_254_740_991n, { value: 9_007_199_254_740_991, count: 1 }],
    [
      'an exponential histogram',
      EXPONENTIAL_HISTOGRAM,
      { sum: 6, count: 3, min: 1, max: 3, scale: 20, zeroCount: 0, positive: buckets, negative: buckets },
      { value: 6, count: 3, min: 1, max: 3 },
    ],
    ['a histogram without minimum and maximum', HISTOGRAM, { sum: 6, count: 3 }, { value: 6, count: 3 }],
    ['a histogram without a sum', HISTOGRAM, { count: 3, min: -1, max: 1 }, { value: 0, count: 3, min: -1, max: 1 }],
    [
      'a histogram of bigints',
      HISTOGRAM,
      { sum: 6n, count: 3n, min: 1n, max: 3n },
      { value: 6, count: 3, min: 1, max: 3 },
    ],
    ['the largest count', HISTOGRAM, { sum: 6, count: 2_147_483_647 }, { value: 6, count: 2_147_483_647 }],
    ['a count beyond 32 bits', HISTOGRAM, { sum: 6, count: 2_147_483_648 }, { value: 6 }],
    ['a count that is none', HISTOGRAM, { sum: 6, count: 2.5 }, { value: 6 }],
    ['endless bounds', HISTOGRAM, { sum: 6, count: 3, min: -Infinity, max: Infinity }, { value: 6, count: 3 }],
  ];
  for (const [what, dataPointType, value, numbers] of points) {
    it(`sends ${what}`, () => {
      const envelopes = pointToEnvelopes(makeInput({ dataPointType }, { value }), mappingContext());
      assert.deepStrictEqual(
        envelopes.map(({ data }) => data.baseData),
        [{ ver: 2, metrics: [{ name: 'cart.size', kind: 'Aggregation', ...numbers }] }],
      );
    });
  }

  const dropped: [string, Partial<MetricRecord>, unknown, [string, number][]][] = [
    ['an empty histogram', { dataPointType: HISTOGRAM }, { count: 0, sum: 0, min: Infinity, max: -Infinity }, []],
    ['NaN', { dataPointType: GAUGE }, Number.NaN, [['non_finite', 1]]],
    ['Infinity', { dataPointType: SUM }, Number.POSITIVE_INFINITY, [['non_finite', 1]]],
    [
      'a histogram with an endless sum',
      { dataPointType: HISTOGRAM },
      { count: 1, sum: -Infinity },
      [['non_finite', 1]],
    ],
    ['a bigint no number can hold', { dataPointType: SUM }, 9_007_199_254_740_993n, [['unconvertible', 1]]],
    ['a gauge of text', { dataPointType: GAUGE }, '21', [['unconvertible', 1]]],
    ['a histogram that is a number', { dataPointType: HISTOGRAM }, 21, [['unconvertible', 1]]],
    ['a histogram that is null', { dataPointType: HISTOGRAM }, null, [['unconvertible', 1]]],
    ['an unknown type of point', { dataPointType: 7 }, 21, [['unconvertible', 1]]],
    ['a point without a name', { descriptor: { name: ' ', unit: '', description: '' } }, 21, [['unconvertible', 1]]],
  ];
  for (const [what, metric, value, omissions] of dropped) {
    it(`drops ${what}`, () => {
      const context = mappingContext();
      assert.deepStrictEqual(pointToEnvelopes(makeInput(metric, { value }), context), []);
      assert.deepStrictEqual([...context.omissions.entries()], omissions);
    });
  }

  const zeros: [string, Partial<MetricRecord>, number][] = [
    ['drops a sum that did not change', { aggregationTemporality: DELTA }, 0],
    ['sends a total of zero', { aggregationTemporality: CUMULATIVE }, 1],
    ['sends a gauge of zero', { dataPointType: GAUGE }, 1],
  ];
  for (const [what, metric, count] of zeros) {
    it(`${what} when unchanged sums are not wanted`, () => {
      const context = mappingContext({ dropZeroSums: true });
      assert.equal(pointToEnvelopes(makeInput(metric, { value: 0 }), context).length, count);
      assert.deepStrictEqual([...context.omissions.entries()], []);
    });
  }

  it('gives each row tags of its own, so that a hook changes one row and no other', () => {
    const input = makeInput({ dataPointType: SUM }, { value: 1 });
    const roles = [1, 2].map(() => {
      const [envelope] = pointToEnvelopes(input, mappingContext());
      const tags = envelope?.tags ?? {};
      tags['ai.cloud.role'] += '!';
      return tags['ai.cloud.role'];
    });
    assert.deepStrictEqual(roles, ['shop!', 'shop!']);
  });

  it('puts metrics into the namespace of the user, cut to 256', () => {
    const context = mappingContext({ metricNamespace: 'n'.repeat(300) });
    assert.deepStrictEqual(pointToEnvelopes(makeInput({}, { value: 3 }), context)[0]?.data.baseData, {
      ver: 2,
      metrics: [{ ns: 'n'.repeat(256), name: 'cart.size', kind: 'Aggregation', value: 3, count: 1 }],
    });
  });

  it('cuts a name to 1024', () => {
    const input = makeInput({ descriptor: { name: 'm'.repeat(2000), unit: '', description: '' } }, { value: 3 });
    assert.deepStrictEqual(pointToEnvelopes(input, mappingContext())[0]?.data.baseData, {
      ver: 2,
      metrics: [{ name: 'm'.repeat(1024), kind: 'Aggregation', value: 3, count: 1 }],
    });
  });

  it('names the instrumentation when asked for, and the time that cannot be', () => {
    const input = makeInput({}, { value: 3, endTime: [9_999_999_999, 0] });
    const [envelope] = pointToEnvelopes(input, mappingContext({ includeScope: true }));
    assert.equal(envelope?.time, '2026-11-22T12:00:00.000Z');
    assert.deepStrictEqual(envelope.data.baseData, {
      ver: 2,
      metrics: [{ name: 'cart.size', kind: 'Aggregation', value: 3, count: 1 }],
      properties: { original_time: '9999999999s 0ns', 'otel.scope.name': 'test', 'otel.scope.version': '1.2.3' },
    });
  });

  it('leaves the names of performance counters to the user', () => {
    const input = makeInput({ descriptor: { name: 'Private_Bytes', unit: '', description: '' } }, { value: 3 });
    assert.deepStrictEqual(pointToEnvelopes(input, mappingContext())[0]?.data.baseData, {
      ver: 2,
      metrics: [{ name: 'Private_Bytes', kind: 'Aggregation', value: 3, count: 1 }],
    });
  });
});

describe('metricPoints', () => {
  it('gives each point with its metric, scope and resource, in order', () => {
    const { resource, metric, point } = makeInput();
    const [first, second] = [{ name: 'a' }, { name: 'b' }];
    const other = { ...metric, dataPoints: [point, point] };
    const scopeMetrics = [
      { scope: first, metrics: [metric, other] },
      { scope: second, metrics: [metric] },
    ];
    assert.deepStrictEqual(
      [...metricPoints({ resource, scopeMetrics })],
      [
        { point, metric, scope: first, resource },
        { point, metric: other, scope: first, resource },
        { point, metric: other, scope: first, resource },
        { point, metric, scope: second, resource },
      ],
    );
  });

  it('passes on what is no metric or point as one that is counted without an error, and its neighbours', () => {
    const { resource, metric, scope, point } = makeInput({}, { value: 3 });
    const broken = { ...metric, dataPoints: undefined };
    const scopeMetrics = [null, { scope, metrics: [null, broken, { ...metric, dataPoints: [null, point] }] }];
    const context = mappingContext();
    const points = [...metricPoints({ resource, scopeMetrics } as never)];
    assert.deepStrictEqual(
      points.map(input => pointToEnvelopes(input, context).length),
      [0, 0, 0, 0, 1],
    );
    assert.deepStrictEqual([...context.omissions.entries()], [['unconvertible', 4]]);
  });
});

function makeInput(
  metric: Partial<MetricRecord> = {},
  point: Partial<MetricPoint> = {},
): MetricPointInput & { point: MetricPoint } {
  const dataPoint = {
    startTime: [1_795_348_740, 0] as [number, number],
    endTime: [1_795_348_800, 250_000_000] as [number, number],
    attributes: {},
    value: 1,
    ...point,
  };
  return {
    point: dataPoint,
    metric: {
      descriptor: { name: 'cart.size', unit: '{item}', description: 'How much is in a cart' },
      aggregationTemporality: DELTA,
      dataPointType: SUM,
      dataPoints: [dataPoint],
      ...metric,
    },
    scope: { name: 'test', version: '1.2.3' },
    resource: { attributes: { 'service.name': 'shop', 'service.instance.id': 'shop-1' } },
  };
}
