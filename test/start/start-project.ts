import { cp } from 'node:fs/promises';
import path from 'node:path';
import { makeProject, type Project, type Tree } from '../journey/project.ts';

/** A user's project on one line of OpenTelemetry, with the apps of these tests. */
export async function makeStartProject(tree: Tree): Promise<Project> {
  const project = await makeProject(tree);
  await cp(path.join(import.meta.dirname, 'apps'), project.folder, { recursive: true });
  return project;
}
