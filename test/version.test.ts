import { VERSION } from 'azure-monitor-bridge';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';

describe('the version', () => {
  it('is the one of package.json', () => {
    const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')) as object;
    expect(manifest).to.have.property('version', VERSION);
  });
});
