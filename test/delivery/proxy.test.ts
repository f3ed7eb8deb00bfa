import { expect } from 'chai';
import { knowsProxies } from '../../src/delivery/proxy.ts';

describe('knowsProxies', () => {
  const VERSIONS: readonly (readonly [version: string, isKnown: boolean])[] = [
    ['20.20.2', false],
    ['22.12.0', false],
    ['22.20.9', false],
    ['22.21.0', true],
    ['23.11.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['25.0.0', true],
    ['26.1.0', true],
  ];
  for (const [version, isKnown] of VERSIONS) {
    it(`says ${isKnown} of Node.js ${version}`, () => expect(knowsProxies(version)).to.equal(isKnown));
  }
});
