import { expect } from 'chai';
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readSource } from './architecture/source-reading.ts';
import { runNode } from './journey/child.ts';
import { makeProject, type Project, type Tree } from './journey/project.ts';

const TSC = path.resolve(import.meta.dirname, '../node_modules/typescript/bin/tsc');
const TYPES = path.join(import.meta.dirname, 'types');

const STRICT = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, target: 'es2022' };

const RESOLUTIONS: readonly [string, string, object][] = [
  ['an ES module under nodenext', '.mts', { module: 'nodenext' }],
  ['a CommonJS module under nodenext', '.cts', { module: 'nodenext' }],
  ['a module under bundler', '.ts', { module: 'esnext', moduleResolution: 'bundler' }],
];

describe('the declarations', function () {
  this.timeout(180_000);

  for (const [line, tree] of [
    ['OpenTelemetry 2.12', 'otel2'],
    ['OpenTelemetry 3.1', 'otel3'],
  ] as const satisfies [string, Tree][]) {
    describe(`on ${line}`, () => {
      let project: Project;
      before(async () => {
        project = await makeProject(tree);
      });
      after(() => project.remove());

      for (const [what, extension, compilerOptions] of RESOLUTIONS) {
        it(`fit the SDK's interfaces in ${what}`, async () => {
          const names = await readdir(TYPES);
          const files = names.map(name => name.replace('.ts', extension));
          for (const [i, name] of names.entries())
            await copyFile(path.join(TYPES, name), path.join(project.folder, files[i]!));
          const config = { compilerOptions: { ...STRICT, ...compilerOptions, types: ['node'] }, files };
          await writeFile(path.join(project.folder, 'tsconfig.json'), JSON.stringify(config));
          const { code, stdout } = await runNode([TSC, '-p', 'tsconfig.json'], { cwd: project.folder });
          expect(stdout).to.equal('');
          expect(code).to.equal(0);
        });
      }
    });
  }

  it('name no package but @opentelemetry/api and modules of Node.js', async () => {
    const project = await makeProject('otel2');
    const dist = path.join(project.library, 'dist');
    const files = (await readdir(dist, { recursive: true })).filter(file => file.endsWith('.d.ts'));
    const readings = await Promise.all(
      files.map(async file => readSource(await readFile(path.join(dist, file), 'utf8'))),
    );
    const named = readings.flatMap(reading => reading.imports.map(found => found.specifier));
    await project.remove();
    expect(files).to.include(path.join('esm', 'index.d.ts'));
    expect(named.filter(name => !/^(\.|node:|@opentelemetry\/api$)/.test(name))).to.deep.equal([]);
  });
});
