import { expect } from 'chai';
import { Omissions } from '../../src/mapping/omissions.ts';
import { toProperties } from '../../src/mapping/properties.ts';

describe('toProperties', () => {
  it('takes the user info out of a URL in a key', () => {
    const omissions = new Omissions();
    const entries = [
      ['https://ada:hunter2@api.example/', 'up'],
      ['https://api.example/', 'down'],
    ] as const;
    expect(toProperties(entries, { urlQuery: 'keep' }, omissions)).to.deep.equal({
      'https://api.example/': 'up',
      'https://api.example/001': 'down',
    });
    expect([...omissions.entries()]).to.deep.equal([['key', 1]]);
  });
});
