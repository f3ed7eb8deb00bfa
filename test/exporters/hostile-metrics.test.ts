import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TelemetrySource } from '../../src/exporters/telemetry-source.ts';
import { metricPoints, pointToRows, type MetricPointInput } from '../../src/mapping/metric.ts';
import type { ResourceMetrics } from '../../src/mapping/opentelemetry.ts';
import { exported } from './exported.ts';
import { assertGood } from './good-items.ts';
import { anyText, anyValue, opened } from './hostile-value.ts';

const METRICS: TelemetrySource<ResourceMetrics, MetricPointInput> = {
  signal: 'metrics',
  entriesOf: metricPoints,
  resourceOf: point => point.resource,
  toRows: pointToRows,
};
const [HISTOGRAM, EXPONENTIAL_HISTOGRAM, GAUGE, SUM] = [0, 1, 2, 3];

const resource = { attributes: { 'service.name': 'shop', 'service.instance.id': 'shop-1' } };
const scope = { name: 'test' };
const goodPoint = { startTime: [1_599_999_940, 0], endTime: [1_600_000_000, 0], attributes: { sku: 'a-1' }, value: 3 };
const goodMetric = {
  descriptor: { name: 'cart.size', unit: '', description: '' },
  aggregationTemporality: 0,
  dataPointType: SUM,
  dataPoints: [goodPoint],
};
const NEIGHBOUR = {
  ver: 1,
  name: 'Microsoft.ApplicationInsights.Metric',
  time: '2020-09-13T12:26:40.000Z',
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
      metrics: [{ name: 'cart.size', kind: 'Aggregation', value: 3, count: 1 }],
      properties: { sku: 'a-1' },
    },
  },
};

const anyNumber = fc.oneof(fc.double(), fc.bigInt(), fc.integer(), anyValue);
const anyHistogram = fc.record(
  { count: anyNumber, sum: anyNumber, min: anyNumber, max: anyNumber, buckets: anyValue, scale: anyNumber },
  { requiredKeys: [] },
);
const histogramType = fc.constantFrom(HISTOGRAM, EXPONENTIAL_HISTOGRAM);

/** Parts of a metric; what is in `dataPoints` are parts of a point. */
const slots: [string, fc.Arbitrary<object>, arrives?: 'always'][] = [
  ['value of a sum', anyNumber.map(value => ofPoint({ value }))],
  ['value of a gauge', anyNumber.map(value => ({ dataPointType: GAUGE, ...ofPoint({ value }) }))],
  [
    'histogram',
    fc.tuple(histogramType, anyHistogram).map(([dataPointType, value]) => ({ dataPointType, ...ofPoint({ value }) })),
  ],
  [
    'value of a histogram',
    fc.tuple(histogramType, anyValue).map(([dataPointType, value]) => ({ dataPointType, ...ofPoint({ value }) })),
  ],
  ['time of two numbers', fc.tuple(fc.double(), fc.double()).map(endTime => ofPoint({ endTime })), 'always'],
  ['time', anyValue.map(endTime => ofPoint({ endTime }))],
  ['attribute', fc.dictionary(anyText, anyValue).map(attributes => ofPoint({ attributes })), 'always'],
  ['set of attributes', anyValue.map(attributes => ofPoint({ attributes }))],
  ['name', anyValue.map(name => ({ descriptor: { name } }))],
  ['text for a name', anyText.map(name => ({ descriptor: { name } }))],
  ['descriptor', anyValue.map(descriptor => ({ descriptor }))],
  ['type of point', anyValue.map(dataPointType => ({ dataPointType }))],
  ['temporality', anyValue.map(aggregationTemporality => ({ aggregationTemporality })), 'always'],
  ['list of points', anyValue.map(dataPoints => ({ dataPoints }))],
  ['point', anyValue.map(point => ({ dataPoints: [point] }))],
];

describe('a metric', () => {
  for (const [what, slot, arrives] of slots) {
    it(`${arrives === undefined ? 'costs no neighbour' : 'arrives'} with any ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(slot, async parts => {
          const metric = { ...goodMetric, ...(opened(parts) as object) };
          const { results, items, dropped } = await exported(METRICS, collected([goodMetric, metric, goodMetric]));
          assert.deepStrictEqual(results, [{ code: 0 }]);
          assertGood(items, NEIGHBOUR);
          if (arrives !== undefined) assert.deepStrictEqual([items.length, dropped], [3, {}]);
        }),
        { numRuns: 1000 },
      );
    });
  }

  const places: [string, (value: unknown) => unknown][] = [
    ['it is', metric => collected([goodMetric, metric, goodMetric])],
    ['its scope is', other => ({ resource, scopeMetrics: [inScope(scope), inScope(other), inScope(scope)] })],
    [
      'the metrics of a scope are',
      other => ({ resource, scopeMetrics: [inScope(scope), { scope, metrics: other }, inScope(scope)] }),
    ],
    ['the scope with its metrics is', other => ({ resource, scopeMetrics: [inScope(scope), other, inScope(scope)] })],
  ];
  for (const [what, toBatch] of places) {
    it(`costs no neighbour when ${what} anything else`, async () => {
      await fc.assert(
        fc.asyncProperty(anyValue, async value => {
          const { results, items } = await exported(METRICS, toBatch(value.open()) as ResourceMetrics);
          assert.deepStrictEqual(results, [{ code: 0 }]);
          assertGood(items, NEIGHBOUR);
        }),
        { numRuns: 1000 },
      );
    });
  }
});

function ofPoint(parts: object): object {
  return { dataPoints: [{ ...goodPoint, ...parts }] };
}

function collected(metrics: readonly unknown[]): ResourceMetrics {
  return { resource, scopeMetrics: [{ scope, metrics }] } as ResourceMetrics;
}

function inScope(other: unknown): object {
  return { scope: other, metrics: [goodMetric] };
}
