import { expect } from 'chai';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadOptionalPackage } from '../src/optional-packages.ts';
import { runNode } from './journey/child.ts';
import { makeProject, type Project } from './journey/project.ts';

describe('loadOptionalPackage, from the sources', () => {
  it('loads what is installed, at once', () => {
    expect(loadOptionalPackage('@opentelemetry/sdk-metrics', { neededBy: 'a test' })).to.include({ MeterProvider });
  });

  it('says how to install what is not', () => {
    expect(() => loadOptionalPackage('not-there', { neededBy: 'newMetricsExporter' })).to.throw(
      'newMetricsExporter: the package not-there is not installed. Install it: npm install not-there',
    );
  });
});

describe('loadOptionalPackage, as built', function () {
  this.timeout(180_000);

  let project: Project;
  let elsewhere: string;
  before(async () => {
    project = await makeProject('otel2');
    elsewhere = await mkdtemp(path.join(tmpdir(), 'azure-monitor-elsewhere-'));
    await addPackage(project.folder, 'shared', `module.exports = 'of the library';`);
    await addPackage(project.folder, 'owner', `module.exports = 'owner';`);
    await addPackage(path.join(project.folder, 'node_modules/owner'), 'owned', `module.exports = 'of its owner';`);
    await addPackage(project.folder, 'owned', `module.exports = 'of the library';`);
    await addPackage(project.folder, 'broken', `require('./not-there.js');`);
    await addPackage(elsewhere, 'shared', `module.exports = 'of the working directory';`);
    await addPackage(elsewhere, 'bundled', `module.exports = 'of the working directory';`);
  });
  after(async () => {
    await project.remove();
    await rm(elsewhere, { recursive: true });
  });

  const cases: [string, string, string][] = [
    ['prefers the copy that the library finds', `'shared', { neededBy: 'x' }`, 'of the library'],
    ['takes that of the working directory else', `'bundled', { neededBy: 'x' }`, 'of the working directory'],
    ['takes the copy of a dependent', `'owned', { neededBy: 'x', dependencyOf: 'owner' }`, 'of its owner'],
    [
      'names the dependent when that is missing',
      `'owned', { neededBy: 'x', dependencyOf: 'nobody' }`,
      'x: the package nobody is not installed. Install it: npm install nobody',
    ],
    [
      'passes on what a package throws when it is loaded',
      `'broken', { neededBy: 'x' }`,
      "Cannot find module './not-there.js'",
    ],
    [
      'names the package that a dependent misses',
      `'not-there', { neededBy: 'x', dependencyOf: 'owner' }`,
      'x: the package not-there is not installed. Install it: npm install not-there',
    ],
  ];
  for (const [what, request, expected] of cases) {
    it(what, async () => {
      const file = pathToFileURL(path.join(project.library, 'dist/cjs/optional-packages.js')).href;
      const code = `import { loadOptionalPackage } from '${file}';
          try { console.log(loadOptionalPackage(${request})); } catch (error) { console.log(error.message.split('\\n')[0]); }`;
      const ended = await runNode(['--input-type=module', '--eval', code], { cwd: elsewhere });
      expect(ended).to.deep.include({ code: 0, stdout: `${expected}\n`, stderr: '' });
    });
  }
});

async function addPackage(folder: string, name: string, code: string): Promise<void> {
  const packageFolder = path.join(folder, 'node_modules', name);
  await mkdir(packageFolder, { recursive: true });
  await writeFile(path.join(packageFolder, 'index.js'), code);
}
