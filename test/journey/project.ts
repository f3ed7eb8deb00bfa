import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APPS = path.join(import.meta.dirname, 'apps');

/** Less than a test waits, so that its failure names the command. */
const PATIENCE_MILLIS = 150_000;

/** Where a project's packages come from, beside the two of this repository. */
export type Tree = 'otel2' | 'otel3' | 'peers' | 'traffic2' | 'traffic3';

/** What the apps of `test/traffic` use, beside OpenTelemetry. */
const LIBRARIES = '@appsignal @fastify @grpc bullmq express fastify ioredis mongodb mysql2 pg pino winston'.split(' ');

/** What entry points of the library work with. */
const LOGGERS = ['bunyan', 'log4js', 'pino', 'winston'];

/** Their folders, and which scopes and packages of them a project finds. */
const TREES: Record<Tree, { folder: string; names: readonly string[] }> = {
  otel2: { folder: ROOT, names: ['@opentelemetry', 'express', ...LOGGERS] },
  otel3: { folder: path.join(ROOT, 'test/otel3'), names: ['@opentelemetry', 'express', 'pino'] },
  peers: { folder: path.join(ROOT, 'test/peers'), names: ['@opentelemetry', '@azure'] },
  traffic2: { folder: path.join(ROOT, 'test/traffic/otel2'), names: ['@opentelemetry', ...LIBRARIES] },
  traffic3: { folder: path.join(ROOT, 'test/traffic/otel3'), names: ['@opentelemetry', ...LIBRARIES] },
};

/** A user's project in a temporary folder: the apps of these tests, both packages as built, and one tree's packages. */
export interface Project {
  readonly folder: string;
  /** Where the library is installed. */
  readonly library: string;
  remove(): Promise<void>;
}

/**
 * Makes a project on one tree of packages, where the library finds the `@opentelemetry/api` of that tree.
 *
 * Builds when a source is newer than what was built, and installs the tree when its lock file is newer than what was
 * installed, so the first call may take half a minute. With `AZURE_MONITOR_PACKED`, a folder where the tarballs are
 * installed, a project on OpenTelemetry 2 uses those instead.
 */
export async function makeProject(tree: Tree): Promise<Project> {
  const packed = process.env['AZURE_MONITOR_PACKED'];
  if (packed !== undefined && tree === 'otel2') return withApps(await mkdtemp(path.join(packed, 'project-')), packed);

  await buildWhenStale();
  if (TREES[tree].folder !== ROOT) await installWhenStale(TREES[tree].folder);
  const folder = await mkdtemp(path.join(tmpdir(), 'azure-monitor-project-'));
  const modules = path.join(folder, 'node_modules');
  for (const packageFolder of [ROOT, path.join(ROOT, 'local')]) await installCopy(packageFolder, modules);
  for (const name of TREES[tree].names) await link(TREES[tree].folder, name, modules);
  await link(ROOT, '@types', modules);
  return withApps(folder, folder);
}

/** Builds both packages when a source is newer than what was built. */
export async function buildWhenStale(): Promise<void> {
  const sources = await Promise.all(['src', 'local/src', 'scripts', 'package.json'].map(newestIn));
  // The last file that a build writes.
  const built = await newestIn('local/dist/esm/package.json');
  if (Math.max(...sources) > built) await run(process.execPath, ['scripts/build.js'], ROOT);
}

/** Installs a tree of packages when its lock file is newer than what was installed. */
export async function installWhenStale(folder: string): Promise<void> {
  const wanted = await newestIn(path.join(folder, 'package-lock.json'));
  const installed = await newestIn(path.join(folder, 'node_modules/.package-lock.json'));
  if (wanted <= installed) return;
  // A registry may fail in the middle of it, which npm repeats only in part.
  await run('npm', ['ci'], folder).catch(async () => run('npm', ['ci', '--prefer-offline'], folder));
}

async function withApps(folder: string, installed: string): Promise<Project> {
  await cp(APPS, folder, { recursive: true });
  return {
    folder,
    library: path.join(installed, 'node_modules/azure-monitor-bridge'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Copies a package as its tarball would hold it: as a link, it would find what is installed beside its sources. */
async function installCopy(packageFolder: string, modules: string): Promise<void> {
  const text = await readFile(path.join(packageFolder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { name: string; dependencies: Record<string, string> };
  await mkdir(path.join(modules, manifest.name), { recursive: true });
  for (const part of ['package.json', 'dist'])
    await cp(path.join(packageFolder, part), path.join(modules, manifest.name, part), { recursive: true });
  for (const name of Object.keys(manifest.dependencies)) await link(ROOT, name, modules);
}

async function link(treeFolder: string, name: string, modules: string): Promise<void> {
  await symlink(path.join(treeFolder, 'node_modules', name), path.join(modules, name), 'junction');
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const shell = process.platform === 'win32' && command === 'npm';
  try {
    await promisify(execFile)(command, args, { cwd, shell, timeout: PATIENCE_MILLIS });
  } catch (error) {
    // The compiler says on stdout what is wrong, which is no part of the message.
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  }
}

/** When a file, or the newest file in a folder, was written, in milliseconds; 0 for what is not there. */
async function newestIn(place: string): Promise<number> {
  const absolute = path.resolve(ROOT, place);
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined || !found.isDirectory()) return found?.mtimeMs ?? 0;
  const inside = await readdir(absolute);
  return Math.max(0, ...(await Promise.all(inside.map(name => newestIn(path.join(absolute, name))))));
}
