import { expect } from 'chai';
import * as fc from 'fast-check';
import { isOfSameCloud, tokenScopeFor } from '../../src/delivery/cloud.ts';
import { rememberedMillis, resolveRedirect } from '../../src/delivery/redirect.ts';

const CONFIGURED = new URL('https://westeurope-1.in.applicationinsights.azure.com/v2.1/track');
const LOCAL = new URL('http://127.0.0.1:4318/v2.1/track');
const HOUR = 3_600_000;

const followed: [what: string, location: string, from: URL, configured: URL, target: string][] = [
  [
    'to another stamp',
    'https://westeurope-5.in.applicationinsights.azure.com/v2.1/track',
    CONFIGURED,
    CONFIGURED,
    'https://westeurope-5.in.applicationinsights.azure.com/v2.1/track',
  ],
  [
    'to another domain of the cloud',
    'https://dc.services.visualstudio.com/v2/track',
    CONFIGURED,
    CONFIGURED,
    'https://dc.services.visualstudio.com/v2/track',
  ],
  [
    'to a path',
    '/v2/track?x=1#y',
    CONFIGURED,
    CONFIGURED,
    'https://westeurope-1.in.applicationinsights.azure.com/v2/track?x=1',
  ],
  [
    'to a path of the host that redirected',
    'other',
    new URL('https://a.monitor.azure.com/b/c'),
    CONFIGURED,
    'https://a.monitor.azure.com/b/other',
  ],
  [
    'from a host of its own to itself',
    'https://telemetry.shop.example/b',
    new URL('https://telemetry.shop.example/a'),
    new URL('https://telemetry.shop.example/a'),
    'https://telemetry.shop.example/b',
  ],
  [
    'within another cloud',
    'https://x.in.applicationinsights.azure.us/v2.1/track',
    new URL('https://dc.applicationinsights.us/v2.1/track'),
    new URL('https://dc.applicationinsights.us/v2.1/track'),
    'https://x.in.applicationinsights.azure.us/v2.1/track',
  ],
  ['from loopback to itself', '/elsewhere', LOCAL, LOCAL, 'http://127.0.0.1:4318/elsewhere'],
];

const refused: [what: string, location: string | undefined, configured: URL, refusal: string][] = [
  ['without a location', undefined, CONFIGURED, 'a redirect without a location'],
  ['to a stranger', 'https://evil.example/', CONFIGURED, 'a redirect to https://evil.example, which is not trusted'],
  [
    'to http',
    'http://westeurope-1.in.applicationinsights.azure.com/',
    CONFIGURED,
    'a redirect to http://westeurope-1.in.applicationinsights.azure.com, which is not trusted',
  ],
  [
    'to another port',
    'https://x.in.applicationinsights.azure.com:444/',
    CONFIGURED,
    'a redirect to https://x.in.applicationinsights.azure.com:444, which is not trusted',
  ],
  [
    'to a name that only ends alike',
    'https://evilmonitor.azure.com/',
    CONFIGURED,
    'a redirect to https://evilmonitor.azure.com, which is not trusted',
  ],
  [
    'to a name that only begins alike',
    'https://x.monitor.azure.com.evil.example/',
    CONFIGURED,
    'a redirect to https://x.monitor.azure.com.evil.example, which is not trusted',
  ],
  [
    'to an application of somebody else',
    'https://shop.applicationinsights.azure.com/',
    CONFIGURED,
    'a redirect to https://shop.applicationinsights.azure.com, which is not trusted',
  ],
  [
    'to another cloud',
    'https://x.monitor.azure.cn/',
    CONFIGURED,
    'a redirect to https://x.monitor.azure.cn, which is not trusted',
  ],
  [
    'to a trusted host with user information',
    'https://user:pw@x.monitor.azure.com/',
    CONFIGURED,
    'a redirect with user information',
  ],
  [
    'to a host behind a user name',
    'https://x.monitor.azure.com@evil.example/',
    CONFIGURED,
    'a redirect with user information',
  ],
  ['to no address', 'https://', CONFIGURED, 'a redirect to an address that cannot be read'],
  [
    'to an address that is too long',
    `https://x.monitor.azure.com/${'a'.repeat(2048)}`,
    CONFIGURED,
    'a redirect to an address that cannot be read',
  ],
  [
    'from loopback to another port',
    'http://127.0.0.1:9999/',
    LOCAL,
    'a redirect to http://127.0.0.1:9999, which is not trusted',
  ],
  [
    'from loopback to Azure',
    'https://x.monitor.azure.com/',
    LOCAL,
    'a redirect to https://x.monitor.azure.com, which is not trusted',
  ],
  [
    'from a host of its own to Azure',
    'https://x.monitor.azure.com/',
    new URL('https://telemetry.shop.example/'),
    'a redirect to https://x.monitor.azure.com, which is not trusted',
  ],
];

const remembered: [what: string, cacheControl: string | undefined, isPermanent: boolean, millis: number][] = [
  ['a permanent one for a day', undefined, true, 24 * HOUR],
  ['a temporary one not at all', undefined, false, 0],
  ['either as long as it says', 'public, max-age=3600', true, HOUR],
  ['either as long as it says', 'max-age=3600, private', false, HOUR],
  ['none for longer than a day', 'max-age=31536000', true, 24 * HOUR],
  ['none that says zero', 'max-age=0', true, 0],
  ['as usual what cannot be read', 'max-age=soon', true, 24 * HOUR],
  ['as usual what only looks alike', 's-max-age=5', false, 0],
];

describe('a redirect', () => {
  for (const [what, location, from, configured, target] of followed) {
    it(`is followed ${what}`, () => {
      const redirect = resolveRedirect(location, from, configured);
      expect('url' in redirect ? redirect.url.href : redirect.refusal).to.equal(target);
    });
  }

  for (const [what, location, configured, refusal] of refused) {
    it(`is refused ${what}`, () => {
      expect(resolveRedirect(location, configured, configured)).to.deep.equal({ refusal });
    });
  }

  for (const [what, cacheControl, isPermanent, millis] of remembered) {
    it(`is remembered, ${what} (${cacheControl ?? 'no cache-control'})`, () => {
      expect(rememberedMillis({ 'cache-control': cacheControl }, isPermanent)).to.equal(millis);
    });
  }

  it('leads to a trusted host over https or nowhere, whatever the location', () => {
    const trusted =
      /^(westeurope-1\.in\.applicationinsights\.azure\.com|([a-z0-9-]+\.)+(in\.applicationinsights\.azure\.com|monitor\.azure\.com|services\.visualstudio\.com))$/;
    const piece = fc.constantFrom(
      'https:',
      'http:',
      'HTTPS:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '.',
      '?',
      '#',
      '%2e',
      '%40',
      '\t',
      '\n',
      ' ',
      '。',
      '․',
      'ｅ',
      'xn--',
      'evil.example',
      'monitor.azure.com',
      '.monitor.azure.com',
      'x.monitor.azure.com',
      'dc.services.visualstudio.com',
      'in.applicationinsights.azure.com',
      '443',
      '8443',
      'user',
      '127.0.0.1',
      '[::1]',
      '..',
      'v2.1/track',
    );
    const location = fc.oneof(
      fc.array(piece, { maxLength: 9 }).map(all => all.join('')),
      fc.webUrl(),
      fc.string(),
    );
    fc.assert(
      fc.property(location, text => {
        const redirect = resolveRedirect(text, CONFIGURED, CONFIGURED);
        if ('refusal' in redirect) return;
        const { protocol, hostname, port, username, password } = redirect.url;
        expect([protocol, port, username, password]).to.deep.equal(['https:', '', '', '']);
        expect(hostname).to.match(trusted);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('a cloud', () => {
  it('has hosts that take telemetry', () => {
    const host = 'dc.applicationinsights.azure.cn';
    expect(isOfSameCloud('chinaeast-0.in.applicationinsights.azure.cn', host)).to.equal(true);
    expect(isOfSameCloud('x.monitor.azure.com', host)).to.equal(false);
    expect(isOfSameCloud('x.monitor.azure.com', '127.0.0.1')).to.equal(false);
  });

  const scopes: [host: string, audience: string | undefined, scope: string][] = [
    ['westeurope-1.in.applicationinsights.azure.com', undefined, 'https://monitor.azure.com//.default'],
    ['dc.applicationinsights.us', undefined, 'https://monitor.azure.us//.default'],
    ['dc.applicationinsights.azure.cn', undefined, 'https://monitor.azure.cn//.default'],
    ['telemetry.shop.example', undefined, 'https://monitor.azure.com//.default'],
    ['dc.applicationinsights.us', 'https://monitor.eaglex.ic.gov/', 'https://monitor.eaglex.ic.gov//.default'],
    ['dc.applicationinsights.us', 'https://monitor.azure.us/.default', 'https://monitor.azure.us/.default'],
  ];
  for (const [host, audience, scope] of scopes) {
    it(`asks for tokens for ${scope} at ${host} with ${audience ?? 'no audience'}`, () => {
      expect(tokenScopeFor(host, audience)).to.equal(scope);
    });
  }
});
