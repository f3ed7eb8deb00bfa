import { expect } from 'chai';
import fc from 'fast-check';
import { ConfigurationError } from '../src/configuration-error.ts';
import { maskKey, parseConnectionString } from '../src/connection-string.ts';

const KEY = '7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a';
const GLOBAL = 'https://dc.services.visualstudio.com';

describe('parseConnectionString', () => {
  const good: [string, string, object][] = [
    [
      'the string of the portal',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/;ApplicationId=1f2e3d4c-0000-4000-8000-000000000000`,
      {
        ingestionEndpoint: 'https://westeurope-5.in.applicationinsights.azure.com',
        applicationId: '1f2e3d4c-0000-4000-8000-000000000000',
      },
    ],
    ['a key alone, for the global endpoint', `InstrumentationKey=${KEY}`, {}],
    [
      'keys in any case',
      `INSTRUMENTATIONKEY=${KEY};ingestionendpoint=https://a.example`,
      { ingestionEndpoint: 'https://a.example' },
    ],
    ['a key in upper case', `InstrumentationKey=${KEY.toUpperCase()}`, {}],
    [
      'spaces around keys and values',
      ` InstrumentationKey = ${KEY} ; IngestionEndpoint = https://a.example `,
      { ingestionEndpoint: 'https://a.example' },
    ],
    [
      'line breaks between segments',
      `InstrumentationKey=${KEY};\n  IngestionEndpoint=https://a.example\n`,
      { ingestionEndpoint: 'https://a.example' },
    ],
    [
      'empty segments and a semicolon at the end',
      `;;InstrumentationKey=${KEY};;IngestionEndpoint=https://a.example;`,
      { ingestionEndpoint: 'https://a.example' },
    ],
    [
      'an equals sign in a value',
      `InstrumentationKey=${KEY};AADAudience=https://monitor.azure.us/?a=b`,
      { aadAudience: 'https://monitor.azure.us/?a=b' },
    ],
    [
      'an endpoint suffix',
      `InstrumentationKey=${KEY};EndpointSuffix=applicationinsights.us`,
      { ingestionEndpoint: 'https://dc.applicationinsights.us' },
    ],
    [
      'an endpoint suffix and a semicolon at the end',
      `EndpointSuffix=applicationinsights.us;InstrumentationKey=${KEY};`,
      { ingestionEndpoint: 'https://dc.applicationinsights.us' },
    ],
    [
      'an endpoint suffix with a location',
      `InstrumentationKey=${KEY};EndpointSuffix=applicationinsights.azure.cn;Location=chinaeast2`,
      { ingestionEndpoint: 'https://chinaeast2.dc.applicationinsights.azure.cn' },
    ],
    [
      'an endpoint beside a suffix, which wins',
      `InstrumentationKey=${KEY};EndpointSuffix=b.example;IngestionEndpoint=https://a.example`,
      { ingestionEndpoint: 'https://a.example' },
    ],
    [
      'an endpoint without a scheme',
      `InstrumentationKey=${KEY};IngestionEndpoint=westus.in.example.com`,
      { ingestionEndpoint: 'https://westus.in.example.com' },
    ],
    [
      'an endpoint with a port and without a scheme',
      `InstrumentationKey=${KEY};IngestionEndpoint=localhost:8443`,
      { ingestionEndpoint: 'https://localhost:8443' },
    ],
    [
      'an endpoint with a path',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://gateway.example/telemetry/`,
      { ingestionEndpoint: 'https://gateway.example/telemetry' },
    ],
    [
      'http to localhost',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://localhost:5341/`,
      { ingestionEndpoint: 'http://localhost:5341' },
    ],
    [
      'http to 127.0.0.1',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://127.0.0.1:5341`,
      { ingestionEndpoint: 'http://127.0.0.1:5341' },
    ],
    [
      'http to another loopback address',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://127.9.8.7:5341`,
      { ingestionEndpoint: 'http://127.9.8.7:5341' },
    ],
    [
      'http to ::1',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://[::1]:5341`,
      { ingestionEndpoint: 'http://[::1]:5341' },
    ],
    [
      'the same key twice with one value',
      `InstrumentationKey=${KEY};InstrumentationKey=${KEY}`,
      { warnings: ['connectionString: InstrumentationKey is given twice.'] },
    ],
    ['Authorization=ikey', `Authorization=ikey;InstrumentationKey=${KEY}`, {}],
    [
      'Authorization=aad',
      `Authorization=aad;InstrumentationKey=${KEY}`,
      { warnings: ['connectionString: "Authorization" is ignored. Pass a credential to use Entra ID.'] },
    ],
  ];
  for (const [what, text, expected] of good) {
    it(`reads ${what}`, () => {
      expect(parseConnectionString(text)).to.deep.equal({
        instrumentationKey: KEY,
        ingestionEndpoint: GLOBAL,
        warnings: [],
        ...expected,
      });
    });
  }

  const REMEDY = "Copy it again from the resource's Overview page in the Azure portal.";
  const bad: [string, unknown, string, string][] = [
    [
      'an endpoint that lacks a slash',
      `InstrumentationKey=${KEY};IngestionEndpoint=https:/shop.example/`,
      'ENDPOINT_INVALID',
      'connectionString: expected IngestionEndpoint to hold a URL such as ' +
        `https://westeurope-5.in.applicationinsights.azure.com, found "https:/shop.example/". ${REMEDY}`,
    ],
    [
      'an empty text',
      '',
      'CONNECTION_STRING_MISSING',
      `connectionString: expected "InstrumentationKey=…;IngestionEndpoint=…", found an empty text. ${REMEDY}`,
    ],
    [
      'semicolons only',
      ' ; ; ',
      'CONNECTION_STRING_MISSING',
      `connectionString: expected "InstrumentationKey=…;IngestionEndpoint=…", found an empty text. ${REMEDY}`,
    ],
    [
      'garbage',
      'garbage',
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found "garb…" without a "key=" in front of it. ${REMEDY}`,
    ],
    [
      'a bare key',
      KEY,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found "7c5f…" without a "key=" in front of it. ${REMEDY}`,
    ],
    [
      'a number',
      42,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found a value of type number. ${REMEDY}`,
    ],
    [
      'an object',
      {},
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found a value of type object. ${REMEDY}`,
    ],
    [
      'null',
      null,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found null. ${REMEDY}`,
    ],
    [
      'quotes around it',
      `"InstrumentationKey=${KEY}"`,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found a quotation mark in front of it; take the quotes away. ${REMEDY}`,
    ],
    [
      'a key without a value',
      `InstrumentationKey=;IngestionEndpoint=https://a.example`,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found InstrumentationKey without a value. ${REMEDY}`,
    ],
    [
      'two different keys',
      `InstrumentationKey=${KEY};instrumentationkey=00000000-0000-0000-0000-000000000000`,
      'CONNECTION_STRING_MALFORMED',
      `connectionString: expected "key=value" pairs separated by ";", found instrumentationkey twice with different values. ${REMEDY}`,
    ],
    ...['https://monitor\u0000.example', 'https://monitor\u001b.example', 'api://x\r\ny', 'api:// x'].map(
      (audience): [string, unknown, string, string] => [
        `the audience ${JSON.stringify(audience)}`,
        `InstrumentationKey=${KEY};AADAudience=${audience}`,
        'CONNECTION_STRING_MALFORMED',
        `connectionString: expected "key=value" pairs separated by ";", found blanks or control characters in AADAudience. ${REMEDY}`,
      ],
    ),
    [
      'no key',
      'IngestionEndpoint=https://a.example',
      'INSTRUMENTATION_KEY_MISSING',
      `connectionString: expected "InstrumentationKey=…" in it, found none. ${REMEDY}`,
    ],
    [
      'a key that is no GUID',
      'InstrumentationKey=secret-and-long',
      'INSTRUMENTATION_KEY_INVALID',
      `connectionString: expected InstrumentationKey to be a GUID such as 00000000-0000-0000-0000-000000000000, found "secr…" (15 characters). ${REMEDY}`,
    ],
    [
      'a key in braces',
      `InstrumentationKey={${KEY}}`,
      'INSTRUMENTATION_KEY_INVALID',
      `connectionString: expected InstrumentationKey to be a GUID such as 00000000-0000-0000-0000-000000000000, found "{7c5…" (38 characters). ${REMEDY}`,
    ],
    [
      'plain http',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://collector.example/`,
      'ENDPOINT_INSECURE',
      'connectionString: expected IngestionEndpoint to begin with https://, found "http://collector.example/". Plain http is accepted for loopback addresses only.',
    ],
    [
      'plain http to a name that only begins like a loopback address',
      `InstrumentationKey=${KEY};IngestionEndpoint=http://127.0.0.1.example/`,
      'ENDPOINT_INSECURE',
      'connectionString: expected IngestionEndpoint to begin with https://, found "http://127.0.0.1.example/". Plain http is accepted for loopback addresses only.',
    ],
    [
      'another scheme',
      `InstrumentationKey=${KEY};IngestionEndpoint=ftp://a.example`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold an https URL, found "ftp://a.example". ${REMEDY}`,
    ],
    [
      'a line break in the endpoint',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://a.exa\r\nmple`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold a URL such as https://westeurope-5.in.applicationinsights.azure.com, found "https://a.exa\ufffd\ufffdmple". ${REMEDY}`,
    ],
    [
      'user info',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://me:hunter2@a.example/`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold no user name or password, found "https://…@a.example/". ${REMEDY}`,
    ],
    [
      'a query',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://a.example/?sig=hunter2`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold neither query nor fragment, found "https://a.example/?…". ${REMEDY}`,
    ],
    [
      'a fragment',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://a.example/#x`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold neither query nor fragment, found "https://a.example/?…". ${REMEDY}`,
    ],
    [
      'no host',
      `InstrumentationKey=${KEY};IngestionEndpoint=https://`,
      'ENDPOINT_INVALID',
      `connectionString: expected IngestionEndpoint to hold a URL such as https://westeurope-5.in.applicationinsights.azure.com, found "https://". ${REMEDY}`,
    ],
    [
      'a location that is a path',
      `InstrumentationKey=${KEY};EndpointSuffix=contoso.com;Location=evil.com/x?`,
      'ENDPOINT_INVALID',
      `connectionString: expected Location to hold letters, digits and hyphens, found "evil.com/x?…". ${REMEDY}`,
    ],
    [
      'a suffix that is no host name',
      `InstrumentationKey=${KEY};EndpointSuffix=contoso.com/x`,
      'ENDPOINT_INVALID',
      `connectionString: expected EndpointSuffix to hold a host name, found "contoso.com/x". ${REMEDY}`,
    ],
  ];
  for (const [what, text, code, message] of bad) {
    it(`refuses ${what}`, () => {
      const error = refusalOf(text);
      expect({ name: error.name, code: error.code, message: error.message }).to.deep.equal({
        name: 'ConfigurationError',
        code,
        message,
      });
    });
  }

  it('reads every well-formed string, whatever the case, order and spacing', () => {
    const spacing = fc.constantFrom('', ' ', '\t', '\n');
    const letterCase = fc.constantFrom<(text: string) => string>(
      text => text,
      text => text.toLowerCase(),
      text => text.toUpperCase(),
    );
    fc.assert(
      fc.property(fc.uuid(), fc.domain(), fc.boolean(), letterCase, spacing, (key, host, swap, cased, space) => {
        const pairs = [
          `${cased('InstrumentationKey')}${space}=${space}${key}`,
          `${cased('IngestionEndpoint')}=https://${host}/`,
        ];
        const text = (swap ? [...pairs].reverse() : pairs).join(`${space};${space};`);
        expect(parseConnectionString(text)).to.deep.equal({
          instrumentationKey: key,
          ingestionEndpoint: `https://${host.toLowerCase()}`,
          warnings: [],
        });
      }),
    );
  });

  it('answers any text with an https endpoint or a ConfigurationError that shows no key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), endpoint => {
        try {
          const { ingestionEndpoint } = parseConnectionString(
            `InstrumentationKey=${KEY};IngestionEndpoint=${endpoint}`,
          );
          expect(ingestionEndpoint).to.match(/^(https:\/\/|http:\/\/(localhost|127\.|\[::1\]))/);
        } catch (error) {
          expect(error).to.be.instanceOf(ConfigurationError);
          expect(String(error)).not.to.include(KEY);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('maskKey', () => {
  it('shows four characters', () => {
    expect(maskKey(KEY)).to.equal('7c5f…');
  });
});

function refusalOf(text: unknown): ConfigurationError {
  try {
    parseConnectionString(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('expected a ConfigurationError');
}
