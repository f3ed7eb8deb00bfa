import { cp, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { makeProject, type Project, type Tree } from '../journey/project.ts';

/**
 * A user's project on one line of OpenTelemetry, with the apps of these tests; of `@opentelemetry` with these packages
 * alone, if they are named.
 */
export async function makeStartProject(tree: Tree, names?: readonly string[]): Promise<Project> {
  const project = await makeProject(tree);
  await cp(path.join(import.meta.dirname, 'apps'), project.folder, { recursive: true });
  if (names === undefined) return project;
  const scope = path.join(project.folder, 'node_modules/@opentelemetry');
  const all = await readlink(scope);
  await rm(scope);
  await mkdir(scope);
  for (const name of names) await symlink(path.join(all, name), path.join(scope, name), 'junction');
  return project;
}
