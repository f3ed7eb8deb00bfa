import { expect } from 'chai';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('docs/mapping.md', () => {
  it('says what the mapping does', async () => {
    const args = ['--import', 'tsx', 'scripts/mapping-docs.js', '--check'];
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(stderr).to.equal('');
  }).timeout(60_000); // The script maps the corpus once for every attribute in it.
});
