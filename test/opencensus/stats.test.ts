import { expect } from 'chai';
import { CountAggregation, LastValueAggregation, SumAggregation } from '../../src/opencensus/aggregation.ts';
import { CountAggregationData } from '../../src/opencensus/aggregation-data.ts';
import { MeasureFloat, MeasureInt, type Measure } from '../../src/opencensus/measure.ts';
import { Stats, stats } from '../../src/opencensus/stats.ts';
import { TagContext } from '../../src/opencensus/tag-context.ts';
import { TagMap } from '../../src/opencensus/tag-map.ts';
import { View } from '../../src/opencensus/view.ts';
import type { ViewData } from '../../src/opencensus/view-data.ts';
import { warningsOf } from './captured-warnings.ts';

const AT = new Date('2026-11-22T15:35:10.123Z');

describe('stats', () => {
  it('read back what was recorded, at once', () => {
    const { viewManager, statsRecorder } = new Stats();
    const prompts = new MeasureInt('prompts', 'number of prompts', 'prompts');
    viewManager.registerView(new View('prompt view', 'number of prompts', [], prompts, new CountAggregation()));
    const map = statsRecorder.newMeasurementMap();
    map.measureIntPut(prompts, 1);
    map.record(new TagMap());
    map.record(new TagMap());
    const metrics = map.measureToViewMap.getMetrics(AT);
    expect(metrics.map(String)).to.deep.equal(['Metric(time_series=<1 TimeSeries>, descriptor.name="prompt view")']);
    expect(String(metrics[0]?.timeSeries[0]?.points[0])).to.equal(
      'Point(value=ValueLong(2), timestamp=2026-11-22 15:35:10.123000)',
    );
  });

  it('have no metric of a view that has recorded nothing', () => {
    const { stats } = withView(new CountAggregation());
    expect(stats.getMetrics(AT)).to.deep.equal([]);
  });

  it('begin at the values that aggregations are given', () => {
    expect(readback(new CountAggregation(5), [1])).to.equal('ValueLong(6)');
    expect(readback(new SumAggregation(0.5), [1, 2])).to.equal('ValueDouble(3.5)');
    expect(readback(new LastValueAggregation(7), [])).to.equal(undefined);
  });

  it('are there once in a process, also for another copy of this library', async () => {
    const url = new URL('../../src/opencensus/stats.ts?another-copy', import.meta.url);
    const other = (await import(url.href)) as { stats: Stats; Stats: typeof Stats };
    expect(other.Stats).to.not.equal(Stats);
    expect(other.stats).to.equal(stats);
  });
});

describe('a view', () => {
  it('is registered once, however often it is given', () => {
    const { stats, view, measure } = withView(new CountAggregation());
    expect(warningsOf(() => stats.viewManager.registerView(view))).to.deep.equal([]);
    record(stats, measure, 1);
    expect(valuesOf(stats)).to.deep.equal([['view', 'ValueLong(1)']]);
  });

  it('is warned of and aggregated too when its name is taken', () => {
    const { stats, measure } = withView(new CountAggregation());
    const other = new View('view', '', [], measure, new SumAggregation());
    const warnings = warningsOf(() => stats.viewManager.registerView(other));
    record(stats, measure, 3);
    expect(warnings).to.deep.equal(['A different view with the same name is already registered']);
    expect(valuesOf(stats)).to.deep.equal([
      ['view', 'ValueLong(1)'],
      ['view', 'ValueDouble(3.0)'],
    ]);
  });

  it('takes no values from a measure whose name another one has', () => {
    const { stats, measure } = withView(new CountAggregation());
    const impostor = new MeasureFloat('measure', '');
    const view = new View('other view', '', [], impostor, new CountAggregation());
    const warnings = warningsOf(() => stats.viewManager.registerView(view));
    record(stats, impostor, 1);
    expect(valuesOf(stats)).to.deep.equal([]);
    record(stats, measure, 1);
    expect(warnings).to.deep.equal(['A different measure with the same name is already registered']);
    expect(valuesOf(stats)).to.deep.equal([
      ['view', 'ValueLong(1)'],
      ['other view', 'ValueLong(1)'],
    ]);
  });

  it('begins when the stats begin', () => {
    const { stats, measure } = withView(new CountAggregation());
    record(stats, measure, 1);
    expect(stats.viewManager.time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(stats.getMetrics(AT)[0]?.timeSeries[0]?.startTimestamp).to.equal(stats.viewManager.time);
  });

  it('is read as a copy that later values do not change', () => {
    const { stats, measure } = withView(new CountAggregation(), ['method']);
    record(stats, measure, 1, new TagMap([['method', 'GET']]));
    const copy = stats.viewManager.getView('view');
    record(stats, measure, 1, new TagMap([['method', 'GET']]));
    expect(String(copy?.get(['GET']))).to.equal('CountAggregationData(1)');
    expect(copy?.get([null])).to.equal(undefined);
    expect(String(stats.viewManager.getView('view')?.get(['GET']))).to.equal('CountAggregationData(2)');
    expect(stats.viewManager.getView('nobody')).to.equal(null);
  });

  it('is among all views', () => {
    const { stats, view } = withView(new CountAggregation());
    expect([...stats.viewManager.getAllExportedViews()]).to.deep.equal([view]);
  });
});

describe('a record', () => {
  it('stops at a measure that no view has', () => {
    const { stats, measure } = withView(new CountAggregation());
    const map = stats.statsRecorder.newMeasurementMap();
    map.measureFloatPut(new MeasureFloat('unknown', ''), 1);
    map.measureFloatPut(measure, 1);
    map.record(new TagMap());
    expect(valuesOf(stats)).to.deep.equal([]);
  });

  it('is refused with a negative value, then and later', () => {
    const { stats, measure } = withView(new CountAggregation());
    const map = stats.statsRecorder.newMeasurementMap();
    const warnings = warningsOf(() => {
      map.measureFloatPut(measure, -1);
      map.record(new TagMap());
      map.measureFloatPut(measure, 1);
      map.record(new TagMap());
    });
    expect(warnings).to.deep.equal([
      'Cannot record negative values',
      'Dropping values, value to record must be non-negative',
      'Measurement map has included negative value measurements, refusing to record',
    ]);
    expect(valuesOf(stats)).to.deep.equal([]);
  });

  it('is refused with NaN, which would spoil every sum', () => {
    const { stats, measure } = withView(new SumAggregation());
    const warnings = warningsOf(() => record(stats, measure, NaN));
    expect(warnings).to.deep.equal(['Dropping values, value to record must be non-negative']);
    expect(valuesOf(stats)).to.deep.equal([]);
  });

  it('is warned of once for a measure, however often it is refused', () => {
    const { stats, measure } = withView(new CountAggregation());
    const warnings = warningsOf(() => {
      for (let i = 0; i < 3; i += 1) record(stats, measure, -1);
    });
    expect(warnings).to.deep.equal([
      'Cannot record negative values',
      'Dropping values, value to record must be non-negative',
    ]);
  });

  it('takes numbers only', () => {
    const { stats, measure } = withView(new SumAggregation());
    expect(() => record(stats, measure, '1' as unknown as number)).to.throw(TypeError, 'should be a number');
  });

  it('takes attachments of texts only', () => {
    const map = new Stats().statsRecorder.newMeasurementMap();
    expect(() => map.measurePutAttachment(null as unknown as string, 'v')).to.throw(
      TypeError,
      'attachment key should not be empty and should be a string',
    );
    expect(() => map.measurePutAttachment('k', 7 as unknown as string)).to.throw(
      TypeError,
      'attachment value should not be empty and should be a string',
    );
    map.measurePutAttachment('k', 'first');
    map.measurePutAttachment('k', 'second');
    expect(map.attachments).to.deep.equal({ k: 'second' });
  });

  it('takes the tags of where it is called when it is given none', async () => {
    const { stats, measure } = withView(new CountAggregation(), ['user']);
    await Promise.all(
      ['ann', 'bob'].map(user =>
        TagContext.run(new TagMap([['user', user]]), async () => {
          await new Promise(resolve => {
            setImmediate(resolve);
          });
          record(stats, measure, 1);
        }),
      ),
    );
    record(stats, measure, 1);
    const rows = stats
      .getMetrics(AT)[0]
      ?.timeSeries.map(series => [series.labelValues, series.points[0].value.toString()]);
    expect(rows).to.deep.equal([
      [['ann'], 'ValueLong(1)'],
      [['bob'], 'ValueLong(1)'],
      [[null], 'ValueLong(1)'],
    ]);
  });
});

describe('a stats exporter', () => {
  it('hears of views and of each record, until it is taken away', () => {
    const { stats, measure } = withView(new CountAggregation());
    const heard: string[] = [];
    const exporter = {
      onRegisterView: (view: View) => heard.push(`view ${view.name}`),
      export: (datas: readonly ViewData[]) =>
        heard.push(...datas.map(data => `${data.view.name} ${String(data.get([]))}`)),
    };
    stats.viewManager.registerExporter(exporter);
    stats.viewManager.registerView(new View('second', '', [], measure, new CountAggregation()));
    record(stats, measure, 1);
    stats.viewManager.unregisterExporter(exporter);
    record(stats, measure, 1);
    expect(heard).to.deep.equal(['view second', 'view CountAggregationData(1)', 'second CountAggregationData(1)']);
  });

  it('does not reach the program when it throws', () => {
    const { stats, measure } = withView(new CountAggregation());
    stats.viewManager.registerExporter({
      export: () => {
        throw new Error('broken');
      },
    });
    expect(warningsOf(() => record(stats, measure, 1))).to.deep.equal(['A stats exporter threw']);
    expect(stats.viewManager.getView('view')?.get([])).to.be.instanceOf(CountAggregationData);
  });
});

function withView(aggregation: CountAggregation | SumAggregation | LastValueAggregation, columns: string[] = []) {
  const stats = new Stats();
  const measure = new MeasureFloat('measure', '');
  const view = new View('view', '', columns, measure, aggregation);
  stats.viewManager.registerView(view);
  return { stats, view, measure };
}

function record(stats: Stats, measure: Measure, value: number, tags: TagMap | null = null): void {
  const map = stats.statsRecorder.newMeasurementMap();
  map.measureFloatPut(measure as MeasureFloat, value);
  map.record(tags);
}

function readback(aggregation: CountAggregation | SumAggregation | LastValueAggregation, values: number[]) {
  const { stats, measure } = withView(aggregation);
  for (const value of values) record(stats, measure, value);
  return stats.getMetrics(AT)[0]?.timeSeries[0]?.points[0].value.toString();
}

function valuesOf(stats: Stats): [string, string][] {
  return stats
    .getMetrics(AT)
    .map(({ descriptor, timeSeries }) => [descriptor.name, timeSeries.map(s => s.points[0].value).join()]);
}
