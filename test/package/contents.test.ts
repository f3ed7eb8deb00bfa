import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildWhenStale } from '../journey/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly exports: Readonly<
    Record<string, string | Record<'import' | 'require', Record<'types' | 'default', string>>>
  >;
  readonly typesVersions?: { readonly '*': Readonly<Record<string, readonly string[]>> };
  readonly sideEffects: false | readonly string[];
}

for (const folder of ['.', 'local']) {
  describe(`the tarball of ${folder === '.' ? 'azure-monitor-bridge' : 'azure-monitor-local'}`, function () {
    this.timeout(180_000);

    let files: string[];
    let manifest: Manifest;
    before(async () => {
      await buildWhenStale();
      files = await packedFiles(path.join(ROOT, folder));
      manifest = JSON.parse(await readFile(path.join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
    });

    it('holds what was built, the license, and no source or test', () => {
      expect(files).to.include.members(['package.json', 'LICENSE', 'dist/esm/index.js', 'dist/cjs/index.js']);
      expect(
        files.filter(file => !/^(dist\/.*\.(js|d\.ts|json|html|css|svg)|[A-Z]+(\.md)?|package\.json)$/.test(file)),
      ).to.deep.equal([]);
      expect(files.filter(file => /(^|[/.])test[/.]/.test(file))).to.deep.equal([]);
    });

    it('holds every file that package.json names', () => {
      const named = Object.values(manifest.exports).flatMap(target =>
        typeof target === 'string' ? [target] : [target.import, target.require].flatMap(found => Object.values(found)),
      );
      const others = [...Object.values(manifest.typesVersions?.['*'] ?? {}).flat(), ...(manifest.sideEffects || [])];
      expect(files).to.include.members([...named, ...others].map(file => file.replace(/^\.\//, '')));
    });

    it('tells old compilers the types of every subpath', () => {
      const subpaths = Object.keys(manifest.exports).filter(name => name !== '.' && !name.endsWith('.json'));
      const typed = Object.keys(manifest.typesVersions?.['*'] ?? {}).map(name => `./${name}`);
      expect(typed).to.have.members(subpaths);
    });
  });
}

async function packedFiles(folder: string): Promise<string[]> {
  const options = { cwd: folder, shell: process.platform === 'win32', maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return files.map(file => file.path);
}
