import { expect } from 'chai';
import { DistributionAggregation } from '../../src/opencensus/aggregation.ts';
import { DistributionAggregationData } from '../../src/opencensus/distribution-data.ts';
import { warningsOf } from './captured-warnings.ts';

const WHEN = '2026-11-22T15:35:10.123000Z';

describe('DistributionAggregation', () => {
  it('refuses bounds that do not increase', () => {
    const message = 'bounds must be sorted in increasing order';
    expect(() => new DistributionAggregation([1, 1])).to.throw(RangeError, message);
    expect(() => new DistributionAggregation([2, 1])).to.throw(RangeError, message);
    expect(() => new DistributionAggregation([1, NaN])).to.throw(RangeError, message);
  });

  it('leaves out bounds that are not above 0, with a warning', () => {
    let aggregation: DistributionAggregation | undefined;
    const warnings = warningsOf(() => {
      aggregation = new DistributionAggregation([-1, 0, 1, 2]);
    });
    expect(warnings).to.deep.equal(['Dropping 2 non-positive bucket boundaries']);
    expect(aggregation?.newAggregationData().bounds).to.deep.equal([1, 2]);
  });
});

describe('DistributionAggregationData', () => {
  it('puts a value that equals a bound into the bucket above it', () => {
    const data = new DistributionAggregationData([1, 5, 10]);
    for (const value of [0.5, 1, 5, 10, 3]) data.addSample(value, WHEN, null);
    expect(data.countsPerBucket).to.deep.equal([1, 2, 1, 1]);
  });

  it('knows the count, the mean, the spread and the ends', () => {
    const data = new DistributionAggregationData([]);
    expect([data.countData, data.meanData, data.sum, data.variance]).to.deep.equal([0, 0, 0, 0]);
    for (const value of [2, 4, 9]) data.addSample(value, WHEN, null);
    expect([data.countData, data.meanData, data.sum, data.sumOfSquaredDeviations, data.variance]).to.deep.equal([
      3, 5, 15, 26, 13,
    ]);
    const value = data.toPoint(new Date(0)).value;
    expect(value).to.include({ min: 2, max: 9, bounds: null, buckets: null });
    expect(String(data)).to.equal('DistributionAggregationData(3)');
  });

  it('keeps the last value with attachments of each bucket', () => {
    const data = new DistributionAggregationData([1]);
    data.addSample(0.1, WHEN, { k: 'first' });
    data.addSample(0.2, WHEN, { k: 'second' });
    data.addSample(0.3, WHEN, null);
    expect(data.exemplars).to.deep.equal([{ value: 0.2, timestamp: WHEN, attachments: { k: 'second' } }, null]);
  });
});
