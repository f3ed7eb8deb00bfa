import { expect } from 'chai';
import { AttributeReader } from '../../src/mapping/attributes.ts';
import type { AttributeMap } from '../../src/mapping/opentelemetry.ts';
import { takeTarget } from '../../src/mapping/target.ts';

describe('takeTarget', () => {
  const targets: [string, AttributeMap, string | undefined][] = [
    [
      'a URL as the name of a service',
      { 'peer.service': 'https://ada:pw@pay.example:8443/v1?x=1' },
      'pay.example:8443',
    ],
    ['a port that the URL need not name', { 'peer.service': 'https://pay.example:443/v1' }, 'pay.example'],
    ['a URL as an address', { 'server.address': 'http://pay.example:80/' }, 'pay.example'],
    ['a port of another scheme', { 'server.address': 'http://pay.example:443/' }, 'pay.example:443'],
    ['no port where there is port 0', { 'server.address': 'pay.example', 'server.port': 0 }, 'pay.example'],
    [
      'an IPv6 address with a port as text',
      { 'server.address': '2001:db8::1', 'server.port': '50051' },
      '[2001:db8::1]:50051',
    ],
    ['an IPv6 address in brackets', { 'network.peer.address': '[::1]:4317' }, '[::1]:4317'],
    ['nothing where nothing is known', {}, undefined],
  ];
  for (const [what, attributes, target] of targets) {
    it(`shows ${what}`, () => {
      expect(takeTarget(new AttributeReader(attributes))).to.equal(target);
    });
  }
});
