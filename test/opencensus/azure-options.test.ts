import { expect } from 'chai';
import {
  toAzureSettings,
  toCamelCased,
  type AzureOptions,
  type EitherCase,
} from '../../src/opencensus/azure-options.ts';
import { warningsOf } from './captured-warnings.ts';

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
        exporterOptions: { storageDirectory: undefined, disableOfflineStorage: undefined },
      },
    ],
    [
      'count in seconds',
      { exportInterval: 0.5, gracePeriod: 60 },
      {
        exportIntervalMillis: 500,
        graceMillis: 60_000,
        exporterOptions: { storageDirectory: undefined, disableOfflineStorage: undefined },
      },
    ],
    [
      'become those of the exporter',
      { connectionString: 'c', enableLocalStorage: false, storagePath: '/a', includeScope: true },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: {
          connectionString: 'c',
          storageDirectory: '/a',
          disableOfflineStorage: true,
          includeScope: true,
        },
      },
    ],
    [
      'of the exporter win',
      { enableLocalStorage: false, disableOfflineStorage: false, storagePath: '/a', storageDirectory: '/b' },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: { storageDirectory: '/b', disableOfflineStorage: false },
      },
    ],
    [
      'prefer the connection string to the key',
      { connectionString: 'c', instrumentationKey: 'k' },
      {
        exportIntervalMillis: 15_000,
        graceMillis: 5000,
        exporterOptions: { connectionString: 'c', storageDirectory: undefined, disableOfflineStorage: undefined },
      },
    ],
  ];
  for (const [what, options, settings] of cases) {
    it(what, () => {
      expect(toAzureSettings(options)).to.deep.equal(settings);
    });
  }

  it('take a key alone, with a warning', () => {
    let connectionString: string | undefined;
    const warnings = warningsOf(() => {
      connectionString = toAzureSettings({ instrumentationKey: 'k' }).exporterOptions.connectionString;
    });
    expect(connectionString).to.equal('InstrumentationKey=k');
    expect(warnings).to.deep.equal(['Option instrumentationKey is deprecated. Pass connectionString.']);
  });

  it('warn when they have no effect', () => {
    const options = toCamelCased<AzureOptions>({ proxies: '{}', storage_max_size: 1 } as EitherCase<AzureOptions>);
    expect(warningsOf(() => toAzureSettings(options))).to.deep.equal([
      'Option proxies has no effect. Pass an agent that knows the proxy.',
      'Option storageMaxSize has no effect. The size of the storage is fixed.',
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
