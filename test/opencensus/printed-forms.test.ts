import { expect } from 'chai';
import { inspect } from 'node:util';
import { toPythonFloat, toPythonText, toPythonTuple, type Printed } from '../../src/opencensus/printed-forms.ts';
import { Metric, Point, TimeSeries } from '../../src/opencensus/metric.ts';
import { LabelKey, MetricDescriptor, MetricDescriptorType } from '../../src/opencensus/metric-descriptor.ts';
import { ValueDistribution, ValueDouble, ValueLong } from '../../src/opencensus/metric-value.ts';

const DESCRIPTOR = new MetricDescriptor(
  'prompt view',
  'number of prompts',
  'prompts',
  MetricDescriptorType.CUMULATIVE_INT64,
  [],
);
const AT = new Date('2019-10-09T20:58:04.930Z');
const START = '2019-10-09T20:57:59.123456Z';
const EMPTY = { count: 0, sum: 0, sumOfSquaredDeviation: 0 };

describe('what is printed', () => {
  const point = new Point(new ValueLong(5), AT);
  const cases: [string, Printed, string][] = [
    ['a point', point, 'Point(value=ValueLong(5), timestamp=2019-10-09 20:58:04.930000)'],
    [
      'a point at a whole second',
      new Point(new ValueDouble(9.5), new Date('2019-10-09T20:58:04Z')),
      'Point(value=ValueDouble(9.5), timestamp=2019-10-09 20:58:04)',
    ],
    ['a whole float', new ValueDouble(9), 'ValueDouble(9.0)'],
    ['a fraction put on an int', new ValueLong(1.5), 'ValueLong(1.5)'],
    [
      'a distribution',
      new ValueDistribution({ ...EMPTY, bounds: [1.5, 5, 10], buckets: [] }),
      'ValueDistribution(([1.5, 5, 10],))',
    ],
    [
      'a distribution without histogram',
      new ValueDistribution({ ...EMPTY, bounds: null, buckets: null }),
      'ValueDistribution(None)',
    ],
    [
      'a time series without labels',
      new TimeSeries([], [point], START),
      `TimeSeries([ValueLong(5)], label_values=(), start_timestamp=${START})`,
    ],
    [
      'a time series with labels',
      new TimeSeries(['GET', null], [point], null),
      `TimeSeries([ValueLong(5)], label_values=('GET', None), start_timestamp=None)`,
    ],
    [
      'a metric',
      new Metric(DESCRIPTOR, [new TimeSeries([], [point], START)]),
      'Metric(time_series=<1 TimeSeries>, descriptor.name="prompt view")',
    ],
    [
      'a descriptor',
      DESCRIPTOR,
      'MetricDescriptor(name="prompt view", description="number of prompts", unit=prompts, type=ValueLong)',
    ],
    [
      'a descriptor without unit',
      new MetricDescriptor('spread', '', null, MetricDescriptorType.CUMULATIVE_DISTRIBUTION, []),
      'MetricDescriptor(name="spread", description="", unit=None, type=ValueDistribution)',
    ],
    ['a label key', new LabelKey('method'), 'LabelKey(method)'],
    ['a described label key', new LabelKey('method', 'HTTP verb'), 'LabelKey(method, description="HTTP verb")'],
  ];
  for (const [what, value, expected] of cases) {
    it(`shows ${what} as OpenCensus does, as text and on the console`, () => {
      expect([String(value), inspect(value)]).to.deep.equal([expected, expected]);
    });
  }
});

describe('toPythonText', () => {
  const cases: [unknown, string][] = [
    [undefined, 'None'],
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [7, '7'],
    [1e21, '1000000000000000000000'],
    [0.5, '0.5'],
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    [`it's "quoted"`, `'it\\'s "quoted"'`],
    ['back\\slash\n\u0000\u00a0é', "'back\\\\slash\\n\\x00\\xa0é'"],
    [['a', 1, null], "['a', 1, None]"],
    [{ key: 'value', deep: { on: true } }, "{'key': 'value', 'deep': {'on': True}}"],
    [new Map([['k', 1.5]]), "{'k': 1.5}"],
    [[new ValueLong(1)], '[ValueLong(1)]'],
  ];
  for (const [value, expected] of cases) {
    it(`writes ${expected}`, () => {
      expect(toPythonText(value)).to.equal(expected);
    });
  }
});

describe('toPythonTuple', () => {
  it('ends a tuple of one with a comma', () => {
    expect(toPythonTuple(['GET'])).to.equal("('GET',)");
  });
});

// What `repr` of Python 3.11 writes for these floats.
describe('toPythonFloat', () => {
  const cases: [number, string][] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [5, '5.0'],
    [0.1, '0.1'],
    [109.00000000000001, '109.00000000000001'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-1.5e-7, '-1.5e-07'],
    [1.2345678901234568e17, '1.2345678901234568e+17'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [1e100, '1e+100'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [NaN, 'nan'],
  ];
  for (const [value, expected] of cases) {
    it(`writes ${expected}`, () => {
      expect(toPythonFloat(value)).to.equal(expected);
    });
  }
});
