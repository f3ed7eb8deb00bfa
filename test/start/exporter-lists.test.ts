import { expect } from 'chai';
import { planSignals, isOnlyForAzure, type Plan } from '../../src/start/exporter-lists.ts';

const OURS = { kind: 'ours', azure: true, others: [], unknown: [] } as const;

describe('planSignals', () => {
  const cases: [string | undefined, Plan, boolean][] = [
    [undefined, OURS, true],
    ['azure_monitor', OURS, true],
    ['azure_monitor,otlp,console', { ...OURS, others: ['otlp', 'console'] }, false],
    ['zipkin,azure_monitor', { ...OURS, unknown: ['zipkin'] }, true],
    ['none', { ...OURS, azure: false }, true],
    ['azure_monitor,none', { ...OURS, azure: false }, true],
    ['otlp,zipkin', { kind: 'left-to-sdk', names: ['otlp', 'zipkin'] }, false],
  ];
  for (const [list, expected, isOnly] of cases) {
    it(`reads ${list ?? 'no list'}`, () => {
      const { traces, metrics, logs } = planSignals({ OTEL_METRICS_EXPORTER: list });
      expect(metrics).to.deep.equal(expected);
      expect(isOnlyForAzure(metrics)).to.equal(isOnly);
      expect([traces, logs]).to.deep.equal([OURS, OURS]);
    });
  }
});
