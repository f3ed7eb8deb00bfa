import { expect } from 'chai';
import { hostname } from 'node:os';
import { ConfigurationError } from '../src/configuration-error.ts';
import { toExporterConfig } from '../src/options.ts';

const KEY = '7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a';
const FROM_OPTION = `InstrumentationKey=${KEY};IngestionEndpoint=https://option.example/`;
const FROM_ENVIRONMENT = `InstrumentationKey=${KEY};IngestionEndpoint=https://environment.example/`;
const VARIABLE = 'APPLICATIONINSIGHTS_CONNECTION_STRING';
const VARIABLES = [
  VARIABLE,
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'NO_PROXY',
  'no_proxy',
  'XDG_STATE_HOME',
];

describe('toExporterConfig', () => {
  const found = { ...process.env };
  beforeEach(() => {
    for (const name of VARIABLES) delete process.env[name];
  });
  after(() => {
    for (const name of VARIABLES) {
      if (found[name] === undefined) delete process.env[name];
      else process.env[name] = found[name];
    }
  });

  it('takes the connection string from the options', () => {
    process.env[VARIABLE] = FROM_ENVIRONMENT;
    const options = { connectionString: FROM_OPTION, storageDirectory: '/state' };
    expect(toExporterConfig(options)).to.deep.equal({
      connection: { instrumentationKey: KEY, ingestionEndpoint: 'https://option.example', warnings: [] },
      hostName: hostname(),
      storageDirectories: ['/state'],
      identity: undefined,
      proxyEnvironment: {},
      options,
    });
  });

  it('takes the connection string from the environment when the options have none', () => {
    process.env[VARIABLE] = FROM_ENVIRONMENT;
    expect(toExporterConfig().connection.ingestionEndpoint).to.equal('https://environment.example');
    expect(toExporterConfig({ connectionString: undefined }).connection.ingestionEndpoint).to.equal(
      'https://environment.example',
    );
  });

  it('stores in the state directory of the user unless told otherwise', () => {
    process.env['XDG_STATE_HOME'] = '/state';
    const [first] = toExporterConfig({ connectionString: FROM_OPTION }).storageDirectories;
    const ofLinux = '/state/azure-monitor-bridge';
    if (process.platform === 'linux') expect(first).to.equal(ofLinux);
    else expect(first).to.match(/azure-monitor-bridge$/);
  });

  it('takes a managed identity from the environment when the options have no credential', () => {
    process.env['APPLICATIONINSIGHTS_AUTHENTICATION_STRING'] = 'Authorization=AAD';
    expect(toExporterConfig({ connectionString: FROM_OPTION }).identity).to.deep.equal({ clientId: undefined });
    const credential = { getToken: () => Promise.resolve(null) };
    expect(toExporterConfig({ connectionString: FROM_OPTION, credential }).identity).to.equal(undefined);
    process.env['APPLICATIONINSIGHTS_AUTHENTICATION_STRING'] = ' ';
    expect(toExporterConfig({ connectionString: FROM_OPTION }).identity).to.equal(undefined);
  });

  it('takes the proxy for https from the environment, by small letters first, and no other', () => {
    process.env['HTTP_PROXY'] = 'http://proxy.example:3128';
    process.env['NO_PROXY'] = 'localhost';
    expect(toExporterConfig({ connectionString: FROM_OPTION }).proxyEnvironment).to.deep.equal({});
    process.env['HTTPS_PROXY'] = 'http://proxy.example:3129';
    const proxied = { HTTPS_PROXY: 'http://proxy.example:3129', NO_PROXY: 'localhost' };
    expect(toExporterConfig({ connectionString: FROM_OPTION }).proxyEnvironment).to.deep.equal(proxied);
    process.env['https_proxy'] = 'http://proxy.example:3130';
    delete process.env['NO_PROXY'];
    const small = { HTTPS_PROXY: 'http://proxy.example:3130' };
    expect(toExporterConfig({ connectionString: FROM_OPTION }).proxyEnvironment).to.deep.equal(small);
  });

  const missing: [string, string | undefined, string | undefined][] = [
    ['none is there', undefined, undefined],
    ['the option is blank, even with one in the environment', '  ', FROM_ENVIRONMENT],
    ['the environment holds blanks', undefined, '  '],
  ];
  for (const [what, connectionString, variable] of missing) {
    it(`asks for a connection string when ${what}`, () => {
      if (variable !== undefined) process.env[VARIABLE] = variable;
      expect(refusalOf({ connectionString })).to.deep.equal({
        code: 'CONNECTION_STRING_MISSING',
        message:
          'connectionString: expected "InstrumentationKey=…;IngestionEndpoint=…", found none. ' +
          'Pass the option connectionString or set APPLICATIONINSIGHTS_CONNECTION_STRING.',
      });
    });
  }

  const invalid: [object, string][] = [
    [{ disableOfflineStorage: 'yes' }, 'disableOfflineStorage: expected true or false, found a value of type string.'],
    [{ includeScope: 1 }, 'includeScope: expected true or false, found 1.'],
    [{ flushOnExit: 1 }, 'flushOnExit: expected true or false, found 1.'],
    [{ durability: 'fsync' }, 'durability: expected one of spill, write-ahead, memory, found a value of type string.'],
    [{ fsync: true }, 'fsync: expected one of none, batch, found a value of type boolean.'],
    [{ storageMaxBytes: 0 }, 'storageMaxBytes: expected a whole number of bytes above 0, found 0.'],
    [{ dropZeroSums: null }, 'dropZeroSums: expected true or false, found null.'],
    ...[' ', '/var/lib\0/shop', 'shop\n', '\u001b[2J', 7].map((storageDirectory): [object, string] => [
      { storageDirectory },
      'storageDirectory: expected the path of a folder, without control characters, found ' +
        (storageDirectory === 7 ? '7.' : 'a value of type string.'),
    ]),
    [{ metricNamespace: 7 }, 'metricNamespace: expected a text, found 7.'],
    [
      { credential: 'hunter2' },
      'credential: expected an object with getToken(scope), such as one of @azure/identity, found a value of type string.',
    ],
    [
      { credential: null },
      'credential: expected an object with getToken(scope), such as one of @azure/identity, found null.',
    ],
    [{ memoryMaxBytes: -1 }, 'memoryMaxBytes: expected a whole number of bytes above 0, found -1.'],
    [{ agent: 'proxy' }, 'agent: expected an agent such as new https.Agent(), found a value of type string.'],
    [{ meterProvider: {} }, 'meterProvider: expected a MeterProvider of OpenTelemetry, found a value of type object.'],
    [{ onEvent: true }, 'onEvent: expected a function, found a value of type boolean.'],
    [{ onEnvelope: {} }, 'onEnvelope: expected a function, found a value of type object.'],
    [
      { successStatusCodes: [404, 1000] },
      'successStatusCodes: expected whole numbers from 100 to 599 in it, found 1000.',
    ],
    [
      { successStatusCodes: ['404'] },
      'successStatusCodes: expected whole numbers from 100 to 599 in it, found a value of type string.',
    ],
    [{ successStatusCodes: 404 }, 'successStatusCodes: expected an array of HTTP status codes, found 404.'],
    [{ urlQuery: 'all' }, 'urlQuery: expected one of redact-values, strip, keep, found a value of type string.'],
  ];
  for (const [options, message] of invalid) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(refusalOf({ connectionString: FROM_OPTION, ...options })).to.deep.equal({
        code: 'OPTION_INVALID',
        message: `${message} Correct it or leave it out.`,
      });
    });
  }

  it('refuses options that are no object', () => {
    expect(refusalOf('InstrumentationKey=x')).to.deep.equal({
      code: 'OPTION_INVALID',
      message: 'options: expected an object, found a value of type string. Correct it or leave it out.',
    });
  });
});

function refusalOf(options: unknown): { code: string; message: string } {
  try {
    toExporterConfig(options as Parameters<typeof toExporterConfig>[0]);
  } catch (error) {
    if (error instanceof ConfigurationError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('expected a ConfigurationError');
}
