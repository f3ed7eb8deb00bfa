import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildWhenStale } from '../journey/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A file, or files by condition. */
type Target = string | { readonly [condition: string]: Target };

interface Manifest {
  readonly exports: Readonly<Record<string, Target>>;
  readonly typesVersions?: { readonly '*': Readonly<Record<string, readonly string[]>> };
  readonly sideEffects: false | readonly string[];
}

/** What a user's disk pays for the library at most, without its dependencies. */
const MAX_UNPACKED_BYTES = 500_000;

for (const folder of ['.', 'local']) {
  describe(`the tarball of ${folder === '.' ? 'azure-monitor-bridge' : 'azure-monitor-local'}`, function () {
    this.timeout(180_000);

    let unpackedBytes: number;
    let files: string[];
    let manifest: Manifest;
    before(async () => {
      await buildWhenStale();
      ({ files, unpackedBytes } = await pack(path.join(ROOT, folder)));
      manifest = JSON.parse(await readFile(path.join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
    });

    it('holds what was built, the license, and no source or test', () => {
      expect(files).to.include.members(['package.json', 'LICENSE', 'dist/esm/index.js', 'dist/cjs/index.js']);
      expect(
        files.filter(file => !/^(dist\/.*\.(js|d\.ts|json|html|css|svg)|[A-Z]+(\.md)?|package\.json)$/.test(file)),
      ).to.deep.equal([]);
      expect(files.filter(file => /(^|[/.])test[/.]/.test(file))).to.deep.equal([]);
    });

    it('is small', () => {
      expect(unpackedBytes).to.be.at.most(MAX_UNPACKED_BYTES);
    });

    it('holds every file that package.json names', () => {
      const named = Object.values(manifest.exports).flatMap(filesOf);
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

function filesOf(target: Target): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);
}

async function pack(folder: string): Promise<{ files: string[]; unpackedBytes: number }> {
  const options = { cwd: folder, shell: process.platform === 'win32', maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options);
  const [{ files, unpackedSize }] = JSON.parse(stdout) as [{ files: { path: string }[]; unpackedSize: number }];
  return { files: files.map(file => file.path), unpackedBytes: unpackedSize };
}
