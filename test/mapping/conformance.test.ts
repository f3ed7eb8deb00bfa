import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { MappingContext } from '../../src/mapping/context.ts';
import { metricPoints } from '../../src/mapping/metric.ts';
import { resourceMetric } from '../../src/mapping/resource-metric.ts';
import { faultsOf } from '../envelope-check.ts';
import { readFamilies, readSignals, toContext } from './conformance-case.ts';
import { toLogRecord, toResourceMetrics, toSpan, type CaseInput } from './conformance-input.ts';
import { logToEnvelope, pointToEnvelopes, spanToEnvelopes, toEnvelope } from './envelopes.ts';

/** How the cases of each folder of the corpus are mapped. */
const SIGNALS: readonly [folder: string, map: (input: CaseInput, context: MappingContext) => Envelope[]][] = [
  ['logs', (input, context) => [logToEnvelope(toLogRecord(input), context)]],
  [
    'metrics',
    (input, context) => [...metricPoints(toResourceMetrics(input))].flatMap(point => pointToEnvelopes(point, context)),
  ],
  ['resources', (attributes, context) => [toEnvelope(resourceMetric({ attributes }, context))]],
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
          expect(expected.flatMap(envelope => faultsOf(Buffer.from(JSON.stringify(envelope))))).to.deep.equal([]);
        });
      }
    });
  }
}
