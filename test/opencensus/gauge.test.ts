import { expect } from 'chai';
import {
  DerivedDoubleCumulative,
  DerivedLongCumulative,
  DoubleCumulative,
  LongCumulative,
} from '../../src/opencensus/cumulative.ts';
import { DerivedDoubleGauge, DerivedLongGauge, DoubleGauge, LongGauge } from '../../src/opencensus/gauge.ts';
import { LabelKey } from '../../src/opencensus/metric-descriptor.ts';
import type { Metric } from '../../src/opencensus/metric.ts';
import { MetricProducerManager } from '../../src/opencensus/metric-producer.ts';
import { Registry } from '../../src/opencensus/metric-registry.ts';
import { Stats } from '../../src/opencensus/stats.ts';
import { warningsOf } from './captured-warnings.ts';

const AT = new Date('2026-11-22T15:35:10.123Z');

describe('gauges', () => {
  it('hold a value for each combination of labels', () => {
    const gauge = new LongGauge('queue', 'jobs waiting', 'jobs', ['name', new LabelKey('host', 'machine')]);
    gauge.getOrCreateTimeSeries(['mail', 'a']).set(3);
    gauge.getOrCreateTimeSeries(['mail', 'b']).add(-1);
    gauge.getOrCreateTimeSeries(['mail', 'a']).add(2);
    gauge.getOrCreateDefaultTimeSeries().add(7);
    expect(seriesOf(gauge.getMetric(AT))).to.deep.equal([
      "TimeSeries([ValueLong(5)], label_values=('mail', 'a'), start_timestamp=None)",
      "TimeSeries([ValueLong(-1)], label_values=('mail', 'b'), start_timestamp=None)",
      'TimeSeries([ValueLong(7)], label_values=(None, None), start_timestamp=None)',
    ]);
    expect(gauge.descriptor.labelKeys.map(String)).to.deep.equal([
      'LabelKey(name)',
      'LabelKey(host, description="machine")',
    ]);
  });

  it('forget time series', () => {
    const gauge = new DoubleGauge('load', '', null, ['cpu']);
    gauge.getOrCreateTimeSeries(['0']).set(0.5);
    gauge.getOrCreateTimeSeries(['1']).set(0.25);
    gauge.getOrCreateDefaultTimeSeries().set(1);
    gauge.removeTimeSeries(['0']);
    gauge.removeTimeSeries(['9']);
    gauge.removeDefaultTimeSeries();
    expect(seriesOf(gauge.getMetric(AT))).to.deep.equal([
      "TimeSeries([ValueDouble(0.25)], label_values=('1',), start_timestamp=None)",
    ]);
    gauge.clear();
    expect(gauge.getMetric(AT)).to.equal(null);
  });

  it('take one text for each label', () => {
    const gauge = new LongGauge('queue', '', null, ['name']);
    for (const bad of [[], ['a', 'b'], [null as unknown as string]])
      expect(() => gauge.getOrCreateTimeSeries(bad)).to.throw(RangeError, 'label values: expected 1, each a text');
    expect(() => gauge.removeTimeSeries([])).to.throw(RangeError, 'label values: expected 1, each a text');
  });

  it('of whole numbers take no others', () => {
    const point = new LongGauge('queue', '', null).getOrCreateDefaultTimeSeries();
    expect(() => point.add(0.5)).to.throw(RangeError, 'GaugePointLong only supports integer types');
    expect(() => point.set(0.5)).to.throw(RangeError, 'GaugePointLong only supports integer types');
    expect(String(point)).to.equal('GaugePointLong(0)');
    expect(String(new DoubleGauge('x', '', null).getOrCreateDefaultTimeSeries())).to.equal('GaugePointDouble(0.0)');
  });
});

describe('cumulatives', () => {
  it('only grow', () => {
    const long = new LongCumulative('sent', '', 'By').getOrCreateDefaultTimeSeries();
    const double = new DoubleCumulative('busy', '', 's').getOrCreateDefaultTimeSeries();
    for (const point of [long, double]) {
      point.add(5);
      point.add(-2);
      point.set(4);
    }
    expect([long, double].map(String)).to.deep.equal(['CumulativePointLong(5)', 'CumulativePointDouble(5.0)']);
    expect(() => long.add(0.5)).to.throw(RangeError, 'CumulativePointLong only supports integer types');
  });

  it('say since when they grow', () => {
    const cumulative = new LongCumulative('sent', '', 'By');
    const before = Date.now();
    cumulative.getOrCreateDefaultTimeSeries();
    const after = Date.now();
    const start = cumulative.getMetric(AT)?.timeSeries[0]?.startTimestamp ?? '';
    expect(Date.parse(start)).to.be.within(before, after);
    expect(start).to.match(/\.\d{6}Z$/);
  });
});

describe('derived gauges', () => {
  it('ask for their value when they are read', () => {
    let waiting = 3;
    const gauge = new DerivedLongGauge('queue', '', null, ['name']);
    const point = gauge.createTimeSeries(['mail'], () => waiting);
    gauge.createTimeSeries(['mail'], () => 99);
    gauge.createDefaultTimeSeries(() => 1);
    waiting = 4;
    expect(point.getValue()).to.equal(4);
    expect(seriesOf(gauge.getMetric(AT))).to.deep.equal([
      "TimeSeries([ValueLong(4)], label_values=('mail',), start_timestamp=None)",
      'TimeSeries([ValueLong(1)], label_values=(None,), start_timestamp=None)',
    ]);
  });

  it('leave out what has no value, and warn once of what fails', () => {
    const gauge = new DerivedLongGauge('queue', '', null, ['name']);
    gauge.createTimeSeries(['none'], () => null);
    gauge.createTimeSeries(['fraction'], () => 0.5);
    gauge.createTimeSeries(['throws'], () => {
      throw new TypeError('gone');
    });
    const warnings = warningsOf(() => {
      expect(gauge.getMetric(AT)).to.equal(null);
      expect(gauge.getMetric(AT)).to.equal(null);
    });
    expect(warnings).to.deep.equal([
      'The function of a derived gauge gave no value',
      'The function of a derived gauge gave no value',
    ]);
  });

  it('hold any numbers when they are double', () => {
    const gauge = new DerivedDoubleGauge('load', '', null);
    expect(String(gauge.createDefaultTimeSeries(() => 0.5).toPointValue())).to.equal('ValueDouble(0.5)');
  });

  it('only grow when they are cumulative', () => {
    const values = [5, 3, 8];
    const long = new DerivedLongCumulative('sent', '', null).createDefaultTimeSeries(() => values.shift());
    expect([long.getValue(), long.getValue(), long.getValue(), long.getValue()]).to.deep.equal([5, 5, 8, null]);
    const double = new DerivedDoubleCumulative('busy', '', null).createDefaultTimeSeries(() => 1.5);
    expect(double.getValue()).to.equal(1.5);
  });
});

describe('a registry', () => {
  it('has the metrics of its gauges, without those that have no value', () => {
    const registry = new Registry();
    const gauge = new LongGauge('queue', '', null);
    registry.addGauge(gauge);
    registry.addGauge(new LongCumulative('sent', '', null));
    gauge.getOrCreateDefaultTimeSeries().set(3);
    expect(registry.getMetrics(AT).map(metric => metric.descriptor.name)).to.deep.equal(['queue']);
  });

  it('takes each name once', () => {
    const registry = new Registry();
    registry.addGauge(new LongGauge('queue', '', null));
    expect(() => registry.addGauge(new DoubleCumulative('queue', '', null))).to.throw(
      RangeError,
      'Another gauge named "queue" is already registered',
    );
  });
});

describe('MetricProducerManager', () => {
  it('holds producers, each once', () => {
    const stats = new Stats();
    const registry = new Registry();
    const manager = new MetricProducerManager([stats]);
    manager.add(registry);
    manager.add(stats);
    const before = manager.getAll();
    manager.remove(stats);
    manager.remove(stats);
    expect([...before]).to.deep.equal([stats, registry]);
    expect([...manager.getAll()]).to.deep.equal([registry]);
  });
});

function seriesOf(metric: Metric | null): string[] | undefined {
  return metric?.timeSeries.map(String);
}
