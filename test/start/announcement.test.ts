import { expect } from 'chai';
import { describeSending, findProblems, type Started } from '../../src/start/announcement.ts';
import { planSignals } from '../../src/start/exporter-lists.ts';

const STARTED: Started = {
  destination: { kind: 'azure', endpoint: 'https://eu.example', options: {}, problems: [] },
  plans: planSignals({}),
  serviceName: 'shop',
  instrumentations: [{ instrumentationName: '@opentelemetry/instrumentation-http' }, { instrumentationName: 'own' }],
  environment: {},
};
const NOWHERE = { kind: 'nowhere', reason: 'There is no connection string.' } as const;

describe('describeSending', () => {
  const cases: [string, Partial<Started>, string][] = [
    ['all signals', {}, 'Sends traces, metrics and logs to https://eu.example, with instrumentations: http, own.'],
    [
      'one signal and no instrumentation',
      { plans: planSignals({ OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'otlp' }), instrumentations: [] },
      'Sends traces to https://eu.example, with instrumentations: none.',
    ],
    [
      'many instrumentations',
      { instrumentations: Array.from({ length: 9 }, () => ({})) },
      'Sends traces, metrics and logs to https://eu.example, with instrumentations: 9.',
    ],
    ['nothing', { destination: NOWHERE }, 'Sends nothing to Azure Monitor.'],
  ];
  for (const [what, changes, expected] of cases) {
    it(`describes ${what}`, () => {
      expect(describeSending({ ...STARTED, ...changes })).to.equal(expected);
    });
  }
});

describe('findProblems', () => {
  const cases: [string, Partial<Started>, string[]][] = [
    ['none', {}, []],
    [
      'none when the environment names the service',
      { serviceName: undefined, environment: { OTEL_SERVICE_NAME: 'shop' } },
      [],
    ],
    [
      'none when the resource names the service',
      { serviceName: undefined, environment: { OTEL_RESOURCE_ATTRIBUTES: 'a=b, service.name=shop' } },
      [],
    ],
    [
      'a service without a name',
      { serviceName: undefined, environment: { OTEL_RESOURCE_ATTRIBUTES: 'other.service.name=x' } },
      ['The application has no name: set OTEL_SERVICE_NAME.'],
    ],
    [
      'what is odd about the destination',
      { destination: { kind: 'azure', endpoint: 'https://eu.example', options: {}, problems: ['Odd.'] } },
      ['Odd.'],
    ],
    ['no destination', { destination: NOWHERE }, ['There is no connection string.']],
    [
      'no instrumentation',
      { instrumentations: [] },
      ['No instrumentation is installed: npm install @opentelemetry/auto-instrumentations-node.'],
    ],
    [
      'an exporter that cannot stand beside',
      { plans: planSignals({ OTEL_TRACES_EXPORTER: 'azure_monitor,zipkin' }) },
      ['OTEL_TRACES_EXPORTER: expected otlp or console beside azure_monitor, found zipkin.'],
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(`finds ${what}`, () => {
      expect(findProblems({ ...STARTED, ...changes })).to.deep.equal(expected);
    });
  }
});
