/*
 * Builds both packages: the code as CommonJS, one file for each entry point; thin ES modules that pass it on; the
 * declarations of what an entry point shows; and stubs for places that are not Node.js.
 */
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { PACKAGES, writeEntryPoints } from './entry-points.js';
import { stubOf } from './stub.js';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const require = createRequire(import.meta.url);

writeEntryPoints();
for (const [folder, description] of Object.entries(PACKAGES)) await buildPackage(path.join(ROOT, folder), description);

async function buildPackage(packageFolder, { entries, effects, realModules, hasStubs }) {
  const dist = path.join(packageFolder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const files = [...new Set([...Object.values(entries), ...effects])];
  const modules = await writeCode(path.join(packageFolder, 'src'), dist, files, realModules);
  write(path.join(dist, 'cjs/package.json'), '{"type":"commonjs"}\n');
  if (hasStubs)
    for (const [entry, file] of Object.entries(entries)) writeStub(dist, entry, file, modules[file], effects);
  writeDeclarations(packageFolder, dist, Object.values(entries));
  // Written last: it tells whether a build is stale.
  write(path.join(dist, 'esm/package.json'), '{"type":"module"}\n');
}

/** Writes the code of these files of src, named without `.ts`, and returns the names that each exports. */
async function writeCode(source, dist, files, realModules) {
  const modules = {};
  const graphs = [];
  for (const file of files) {
    const { exports, graph } = await bundle(source, file, files, 'esm');
    modules[file] = exports;
    graphs.push(graph);
  }
  const standAlone = [...files, ...sharedFiles(graphs)];
  for (const file of standAlone) {
    const { code } = await bundle(source, file, standAlone, 'cjs');
    write(path.join(dist, `cjs/${file}.js`), code);
  }
  for (const file of files) {
    if (!realModules.includes(file)) writeWrapper(source, dist, file, modules[file]);
    else write(path.join(dist, `esm/${file}.js`), (await bundle(source, file, standAlone, 'esm')).code);
  }
  return modules;
}

/**
 * What two bundles need is a file of its own, so that its state and its classes exist once; unless a single file imports
 * it, for then it is with that one.
 */
function sharedFiles(graphs) {
  const importers = new Map();
  for (const [file, imports] of graphs.flat())
    for (const target of imports) importers.set(target, (importers.get(target) ?? new Set()).add(file));
  const files = graphs.flatMap(graph => graph.map(([file]) => file));
  const twice = new Set(files.filter((file, index) => files.indexOf(file) < index));
  return [...twice].filter(file => importers.get(file).size > 1);
}

/** Makes one file of this one and all that it imports, but for what stands alone. */
async function bundle(source, file, standAlone, format) {
  const { metafile, outputFiles, warnings } = await build({
    absWorkingDir: source,
    entryPoints: [`${file}.ts`],
    bundle: true,
    write: false,
    format,
    platform: 'node',
    target: 'node20.19', // the oldest that package.json's `engines` allows
    packages: 'external',
    charset: 'utf8',
    metafile: true,
    plugins: [keepOutside(source, file, standAlone, format), useCommonjsTwins(format)],
  });
  if (warnings.length > 0) throw new Error(`esbuild warns of ${file}, see above`);
  const [{ exports, inputs }] = Object.values(metafile.outputs);
  const graph = Object.keys(inputs).map(input => [
    withoutExtension(input),
    metafile.inputs[input].imports.map(({ path: target }) => withoutExtension(target)),
  ]);
  return { code: await shorten(outputFiles[0].text), exports, graph };
}

function keepOutside(source, file, standAlone, format) {
  const setup = ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir, kind }) => {
      const target = withoutExtension(path.relative(source, path.resolve(resolveDir, specifier)));
      if (kind === 'entry-point' || target === file || !standAlone.includes(target)) return undefined;
      return { path: relative(path.dirname(`${format}/${file}`), `cjs/${target}.js`), external: true };
    });
  return { name: 'keep outside', setup };
}

/** `x-commonjs.ts` takes the place of `x.ts`, for the little that CommonJS and the sources cannot say with the same words. */
function useCommonjsTwins(format) {
  const setup = ({ onResolve }) =>
    onResolve({ filter: /^\..*\.ts$/ }, ({ path: specifier, resolveDir }) => {
      const twin = path.resolve(resolveDir, specifier).replace(/\.ts$/, '-commonjs.ts');
      return format === 'cjs' && existsSync(twin) ? { path: twin } : undefined;
    });
  return { name: 'CommonJS twins', setup };
}

/**
 * Takes out white space, and shortens the names of local variables. Functions, classes and what stands outside of them
 * keep theirs, for stack traces; lines stay short, since Node.js prints the one that an error comes from.
 */
async function shorten(code) {
  const mangle = { keep_fnames: true, keep_classnames: true };
  const format = { ecma: 2020, max_line_len: 120 };
  // Functions stay where they are, for stack traces, and statements apart, for debuggers.
  const compress = {
    ecma: 2020,
    passes: 2,
    toplevel: true,
    keep_fargs: true,
    keep_fnames: true,
    keep_classnames: true,
    inline: false,
    reduce_funcs: false,
    sequences: false,
    pure_getters: true,
  };
  // In the statement that never runs, at the end, Node.js finds the names that a CommonJS module exports.
  const [running, names] = code.split('\n0 && (module.exports = ');
  const shortened = await minify(withoutCopy(withClassNames(running)), { compress, mangle, format });
  return names === undefined
    ? shortened.code
    : `${shortened.code}\n0&&(module.exports=${names.replaceAll(/\s+/g, '')}\n`;
}

/** The exports are an object of getters of its own: esbuild's copy of it, with the mark of an ES module, would be the same. */
function withoutCopy(code) {
  return code.replace(/__toCommonJS\((\w+)\)/, '__defProp($1, "__esModule", { value: true })');
}

/** esbuild calls a class that mentions itself `_X` inside, and so would `constructor.name`; the name without `_` is free there. */
function withClassNames(code) {
  const names = [...code.matchAll(/\b(\w+) = class _\1\b/g)].map(([, name]) => name);
  return names.reduce((text, name) => text.replaceAll(new RegExp(`(?<![.#\\w])_${name}\\b`, 'g'), name), code);
}

/** The ES module: the names alone, so that an application which loads both formats has each class once. */
function writeWrapper(source, dist, file, names) {
  const [firstLine] = readFileSync(path.join(source, `${file}.ts`), 'utf8').split('\n');
  const target = relative(path.dirname(`esm/${file}`), `cjs/${file}.js`);
  const code = names.length === 0 ? `import '${target}';` : `export { ${names.join(', ')} } from '${target}';`;
  const lines = firstLine.startsWith('#!') ? [firstLine, code] : [code];
  write(path.join(dist, `esm/${file}.js`), `${lines.join('\n')}\n`);
}

/** Declares what the entry points show: once, as CommonJS, with an ES module that passes it on. */
function writeDeclarations(packageFolder, dist, entryFiles) {
  const config = path.join(packageFolder, 'tsconfig.declarations.generated.json');
  const compilerOptions = { outDir: path.join(dist, 'cjs'), rootDir: path.join(packageFolder, 'src') };
  write(config, JSON.stringify({ extends: path.join(ROOT, 'tsconfig.build.json'), compilerOptions, include: ['src'] }));
  try {
    execFileSync(process.execPath, [TSC, '-p', config], { stdio: 'inherit' });
  } finally {
    rmSync(config);
  }
  removeUnseen(path.join(dist, 'cjs'), entryFiles);
  for (const file of entryFiles) {
    const target = relative(path.dirname(`esm/${file}`), `cjs/${file}.js`);
    write(path.join(dist, `esm/${file}.d.ts`), `export * from '${target}';\n`);
  }
}

function removeUnseen(folder, entryFiles) {
  const seen = new Set(entryFiles.map(file => `${file}.d.ts`));
  for (const file of seen) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, specifier] of text.matchAll(/(?:from|import|import\() ?'(\.[^']+)\.ts'/g))
      seen.add(path.posix.join(path.posix.dirname(file), `${specifier}.d.ts`));
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.d.ts') && !seen.has(file.replaceAll('\\', '/'))) rmSync(path.join(folder, file));
}

function writeStub(dist, entry, file, names, effects) {
  const library = effects.includes(file) ? {} : require(path.join(dist, `cjs/${file}.js`));
  for (const format of ['esm', 'cjs'])
    write(path.join(dist, format, `${file}.stub.js`), stubOf(entry, names, library, format));
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The way from a folder to a file as an import has it. */
function relative(folder, file) {
  const way = path.posix.relative(folder, file.replaceAll('\\', '/'));
  return way.startsWith('.') ? way : `./${way}`;
}

function withoutExtension(file) {
  return file.replaceAll('\\', '/').replace(/\.ts$/, '');
}
