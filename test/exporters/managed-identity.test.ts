import { expect } from 'chai';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { credentialOf } from '../../src/exporters/managed-identity.ts';

/** Stands in for `@azure/identity`: what it was made with can be seen. */
const PACKAGE = `exports.ManagedIdentityCredential = class {
  constructor(...options) { this.options = options; }
  async getToken(scope) { return { token: 'of ' + scope, expiresOnTimestamp: 4102444800000 }; }
};`;

const CLIENT_ID = '7f2c1f4e-0a1b-4c2d-8e3f-123456789abc';

describe('credentialOf', () => {
  const startFolder = process.cwd();
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'azure-monitor-identity-')));
    process.chdir(folder);
  });
  afterEach(async () => {
    process.chdir(startFolder);
    await rm(folder, { recursive: true });
  });

  it('says which command installs the package', () => {
    expect(() => credentialOf({ clientId: undefined }))
      .to.throw(
        'APPLICATIONINSIGHTS_AUTHENTICATION_STRING: the package @azure/identity is not installed. Install it: npm install @azure/identity',
      )
      .with.property('code', 'PACKAGE_MISSING');
  });

  it('makes one credential an identity, of the package that the user has installed', async () => {
    await mkdir('node_modules/@azure/identity', { recursive: true });
    await writeFile('node_modules/@azure/identity/index.js', PACKAGE);
    const own = credentialOf({ clientId: undefined });
    const named = credentialOf({ clientId: CLIENT_ID });
    expect(own).to.have.deep.property('options', []);
    expect(named).to.have.deep.property('options', [{ clientId: CLIENT_ID }]);
    expect(credentialOf({ clientId: undefined })).to.equal(own);
    expect(await named.getToken('scope')).to.have.property('token', 'of scope');
  });
});
