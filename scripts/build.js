/*
 * Builds both packages twice: ESM as it stands, CommonJS from a copy that calls itself CommonJS.
 * The copy is what keeps `import('got')` a real dynamic import on both sides: with `--module commonjs`
 * the compiler would turn it into `require`, which test runners with their own module loader refuse.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEntryPoints } from './entry-points.js';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');

writeEntryPoints();
for (const packageFolder of [ROOT, path.join(ROOT, 'local')]) {
  rmSync(path.join(packageFolder, 'dist'), { recursive: true, force: true });
  compile(packageFolder, path.join(packageFolder, 'src'), 'esm', 'module');

  const copy = path.join(packageFolder, 'build/cjs');
  rmSync(copy, { recursive: true, force: true });
  cpSync(path.join(packageFolder, 'src'), copy, { recursive: true });
  useCommonjsTwins(copy);
  compile(packageFolder, copy, 'cjs', 'commonjs');
  rmSync(path.join(packageFolder, 'build'), { recursive: true, force: true });
}

function compile(packageFolder, sourceFolder, format, type) {
  if (sourceFolder !== path.join(packageFolder, 'src')) writePackageType(sourceFolder, type);
  const outDir = path.join(packageFolder, 'dist', format);
  const config = path.join(packageFolder, `tsconfig.${format}.generated.json`);
  writeFileSync(
    config,
    JSON.stringify({
      extends: path.join(ROOT, 'tsconfig.build.json'),
      compilerOptions: { outDir, rootDir: sourceFolder, verbatimModuleSyntax: type === 'module' },
      include: [sourceFolder],
      exclude: [path.join(sourceFolder, '**/*-commonjs.ts')],
    }),
  );
  try {
    execFileSync(process.execPath, [TSC, '-p', config], { stdio: 'inherit' });
  } finally {
    rmSync(config);
  }
  mkdirSync(outDir, { recursive: true });
  writePackageType(outDir, type);
  copyAssets(path.join(packageFolder, 'src'), outDir);
}

/** `x-commonjs.ts` takes the place of `x.ts`, for the little that the two formats cannot say with the same words. */
function useCommonjsTwins(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('-commonjs.ts')) continue;
    renameSync(path.join(folder, file), path.join(folder, file.replace('-commonjs.ts', '.ts')));
  }
}

/** What is not TypeScript (pages, tables as JSON) travels as it is. */
function copyAssets(from, to) {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    if (entry.isDirectory()) copyAssets(source, path.join(to, entry.name));
    else if (!entry.name.endsWith('.ts')) cpSync(source, path.join(to, entry.name));
  }
}

function writePackageType(folder, type) {
  writeFileSync(path.join(folder, 'package.json'), `{"type":"${type}"}\n`);
}
