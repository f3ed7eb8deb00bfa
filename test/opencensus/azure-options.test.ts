import { expect } from 'chai';
import { toConnectionString, type Destination } from '../../src/opencensus/azure-connection-string.ts';
import {
  toAzureSettings,
  toCamelCased,
  type AzureOptions,
  type EitherCase,
} from '../../src/opencensus/azure-options.ts';
import { warningsOf } from './captured-warnings.ts';

const NOTHING_SAID = {
  storageDirectory: undefined,
  storageMaxBytes: undefined,
  disableOfflineStorage: undefined,
};

describe('the options of exporters', () => {
  it('have two names each', () => {
    const options: EitherCase<AzureOptions> = { connection_string: 'a', export_interval: 2, gracePeriod: 1 };
    expect(toCamelCased<AzureOptions>(options)).to.deep.equal({
      connectionString: 'a',
      exportInterval: 2,
      gracePeriod: 1,
    });
  });

  it('go by the camelCase name when both are given, unless that is undefined', () => {
    const options: EitherCase<AzureOptions> = {
      storagePath: 'a',
      storage_path: 'b',
      connectionString: undefined,
      connection_string: 'c',
    };
    expect(toCamelCased<AzureOptions>(options)).to.deep.equal({ storagePath: 'a', connectionString: 'c' });
  });

  const cases: [string, AzureOptions, ReturnType<typeof toAzureSettings>][] = [
    [
      'have the defaults of OpenCensus',
      {},
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: NOTHING_SAID,
      },
    ],
    [
      'count in seconds',
      { exportInterval: 0.5, gracePeriod: 60 },
      {
        exportIntervalMillis: 500,
        graceMillis: 60_000,
        exporterOptions: NOTHING_SAID,
      },
    ],
    [
      'become those of the exporter',
      { connectionString: 'c', enableLocalStorage: false, storagePath: '/a', storageMaxSize: 5, includeScope: true },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: {
          connectionString: 'c',
          storageDirectory: '/a',
          storageMaxBytes: 5,
          disableOfflineStorage: true,
          includeScope: true,
        },
      },
    ],
    [
      'of the exporter win',
      {
        enableLocalStorage: false,
        disableOfflineStorage: false,
        storagePath: '/a',
        storageDirectory: '/b',
        storageMaxSize: 5,
        storageMaxBytes: 6,
      },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: { storageDirectory: '/b', storageMaxBytes: 6, disableOfflineStorage: false },
      },
    ],
    [
      'prefer the connection string to the key',
      { connectionString: 'c', instrumentationKey: 'k' },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: { connectionString: 'c', ...NOTHING_SAID },
      },
    ],
  ];
  for (const [what, options, settings] of cases) {
    it(what, () => {
      expect(toAzureSettings(options)).to.deep.equal(settings);
    });
  }

  it('warn once when they have no effect', () => {
    const options = { proxies: '{}', minimum_retry_interval: 1, enable_standard_metrics: true, storage_max_size: 1 };
    const settings = (): unknown => toAzureSettings(toCamelCased<AzureOptions>(options));
    expect(warningsOf(() => [settings(), settings()])).to.deep.equal([
      'Option minimumRetryInterval has no effect. The service says when to try again.',
      'Option proxies has no effect. Set HTTPS_PROXY in the environment, or pass an agent that knows the proxy.',
      'Option enableStandardMetrics has no effect. Standard metrics are not sent.',
    ]);
  });

  for (const bad of [0, -1, NaN, Infinity, 2_147_484, '15' as unknown as number]) {
    it(`refuse an interval of ${String(bad)}`, () => {
      expect(() => toAzureSettings({ exportInterval: bad })).to.throw(
        RangeError,
        `exportInterval: expected seconds above 0 and up to 2147483.647, found ${String(bad)}`,
      );
    });
  }
});

describe('where telemetry goes', () => {
  const NAMES = ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'APPINSIGHTS_INSTRUMENTATIONKEY'] as const;
  const saved = NAMES.map(name => process.env[name]);
  afterEach(() => NAMES.forEach((name, i) => setEnvironment(name, saved[i])));

  it('is warned of once when it is a key alone', () => {
    const twice = (): unknown => [1, 2].map(() => toConnectionString({ instrumentationKey: 'k' }));
    expect(warningsOf(twice)).to.deep.equal(['An instrumentation key alone is deprecated. Use a connection string.']);
  });

  type Text = string | undefined;
  const cases: [string, Destination, environment: [connectionString: Text, key: Text], Text][] = [
    ['the connection string given', { connectionString: 'c', instrumentationKey: 'k' }, ['e', 'i'], 'c'],
    ['the key given', { instrumentationKey: 'k' }, [undefined, 'i'], 'InstrumentationKey=k'],
    [
      "the key given, at the environment's endpoint",
      { instrumentationKey: 'k' },
      ['InstrumentationKey=e; IngestionEndpoint=https://a.example/;ApplicationId=x', 'i'],
      'InstrumentationKey=k; IngestionEndpoint=https://a.example/',
    ],
    [
      "the key given, in the environment's cloud",
      { instrumentationKey: 'k' },
      ['instrumentationkey=e;endpointsuffix=b.example;location=west', undefined],
      'InstrumentationKey=k;endpointsuffix=b.example;location=west',
    ],
    ["the environment's connection string, which the exporter reads", {}, ['InstrumentationKey=e', 'i'], undefined],
    ["the environment's key", {}, [undefined, 'i'], 'InstrumentationKey=i'],
    ["the environment's key, beside an empty connection string", {}, ['', ' i '], 'InstrumentationKey=i'],
    [
      "the environment's key, at the endpoint of its connection string",
      {},
      ['IngestionEndpoint=https://a.example/', 'i'],
      'InstrumentationKey=i;IngestionEndpoint=https://a.example/',
    ],
    ['nothing', {}, [undefined, ''], undefined],
  ];
  for (const [what, destination, environment, expected] of cases) {
    it(`is ${what}`, () => {
      NAMES.forEach((name, i) => setEnvironment(name, environment[i]));
      expect(toConnectionString(destination)).to.equal(expected);
    });
  }
});

function setEnvironment(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
