import { cp, mkdir, readdir, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { makeProject, type Project, type Tree } from '../journey/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const LOGGERS = ['bunyan', 'log4js', 'pino', 'winston'];

/** Makes a project with the apps of these tests. With `apiLogs`, on 3.x too, the Logs API of 2.x is installed in it. */
export async function makeLoggerProject(tree: Tree, { apiLogs = false }: { apiLogs?: boolean } = {}): Promise<Project> {
  const project = await makeProject(tree);
  await cp(path.join(import.meta.dirname, 'apps'), project.folder, { recursive: true });
  for (const name of LOGGERS) await addLogger(name, path.join(project.folder, 'node_modules', name));
  if (apiLogs) await addApiLogs(path.join(project.folder, 'node_modules/@opentelemetry'));
  return project;
}

async function addLogger(name: string, place: string): Promise<void> {
  await rm(place, { force: true });
  await symlink(path.join(ROOT, 'node_modules', name), place, 'junction');
}

/** The scope is a link to that of a tree, to which nothing can be added. */
async function addApiLogs(scope: string): Promise<void> {
  const linked = await realpath(scope);
  await rm(scope);
  await mkdir(scope);
  for (const name of await readdir(linked)) await symlink(path.join(linked, name), path.join(scope, name), 'junction');
  await rm(path.join(scope, 'api-logs'), { force: true });
  await cp(path.join(ROOT, 'node_modules/@opentelemetry/api-logs'), path.join(scope, 'api-logs'), { recursive: true });
}
