import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { toItem } from '../../src/envelope/item.ts';
import type { MappingContext } from '../../src/mapping/context.ts';
import { logToEnvelope } from '../../src/mapping/log.ts';
import { metricPoints, pointToEnvelopes } from '../../src/mapping/metric.ts';
import { resourceMetric } from '../../src/mapping/resource-metric.ts';
import { spanToEnvelopes } from '../../src/mapping/span.ts';
import { faultsOf } from '../envelope-check.ts';
import { readFamilies, readSignals, toContext } from './conformance-case.ts';
import { toLogRecord, toResourceMetrics, toSpan, type CaseInput } from './conformance-input.ts';

/** How the cases of each folder of the corpus are mapped. */
const SIGNALS: readonly [folder: string, map: (input: CaseInput, context: MappingContext) => Envelope[]][] = [
  ['logs', (input, context) => [logToEnvelope(toLogRecord(input), context)]],
  [
    'metrics',
    (input, context) => [...metricPoints(toResourceMetrics(input))].flatMap(point => pointToEnvelopes(point, context)),
  ],
  ['resources', (attributes, context) => [resourceMetric({ attributes }, context)]],
  ['spans', (input, context) => spanToEnvelopes(toSpan(input), context)],
];

describe('the corpus', () => {
  it('is run, each folder of it', () => {
    expect(readSignals()).to.deep.equal(SIGNALS.map(([folder]) => folder));
  });
});

for (const [folder, map] of SIGNALS) {
  for (const { name, cases } of readFamilies(folder)) {
    describe(`the corpus, ${folder}, ${name.replaceAll('-', ' ')}`, () => {
      for (const { title, input, context, expected } of cases) {
        it(`says: ${title}`, () => {
          expect(map(input, toContext(context))).to.deep.equal(expected);
          expect(expected.flatMap(envelope => faultsOf(toItem(envelope)))).to.deep.equal([]);
        });
      }
    });
  }
}
