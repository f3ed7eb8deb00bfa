import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runNode, type ChildResult } from '../journey/child.ts';
import { buildWhenStale, installWhenStale } from '../journey/project.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MODULES = path.join(import.meta.dirname, 'node_modules');

/** The first of these tests installs some 500 packages. */
export const INSTALL_MILLIS = 300_000;
const TOOL_MILLIS = 120_000;

/** A user's project with the library's tarball, and bundlers, test runners and compilers beside it. */
export interface BundlerProject {
  readonly folder: string;
  /** Runs a tool to its end: a file of the project, or one below the tools' `node_modules`, and its arguments. */
  runTool(tool: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ChildResult>;
  /** Runs `app.mjs` or `app.cjs` of a folder of the project where no package can be found. */
  runAlone(output: string, app: string, env?: Readonly<Record<string, string>>): Promise<ChildResult>;
  remove(): Promise<void>;
}

/**
 * Makes a project outside of the repository, whose `tsconfig.json` bundlers would obey. The tools are found one folder
 * up, the library in the project itself.
 */
export async function makeBundlerProject(): Promise<BundlerProject> {
  await buildWhenStale();
  await installWhenStale(import.meta.dirname);
  const home = await mkdtemp(path.join(tmpdir(), 'azure-monitor-bundlers-'));
  const folder = path.join(home, 'app');
  const library = path.join(folder, 'node_modules/azure-monitor-bridge');
  await mkdir(library, { recursive: true });
  await symlink(MODULES, path.join(home, 'node_modules'), 'junction');
  await cp(path.join(import.meta.dirname, 'apps'), folder, { recursive: true });
  const options = { cwd: ROOT, shell: process.platform === 'win32' };
  const packed = ['pack', '--ignore-scripts', '--silent', '--pack-destination', home];
  const { stdout } = await promisify(execFile)('npm', packed, options);
  await promisify(execFile)('tar', ['-xzf', path.join(home, stdout.trim()), '-C', library, '--strip-components', '1']);
  return {
    folder,
    runTool: (tool, args, env = {}) =>
      runNode([tool.includes('/') ? path.join(MODULES, tool) : tool, ...args], {
        cwd: folder,
        env,
        patienceMillis: TOOL_MILLIS,
      }),
    runAlone: async (output, app, env = {}) => {
      const alone = await mkdtemp(path.join(tmpdir(), 'azure-monitor-alone-'));
      await cp(path.join(folder, output), alone, { recursive: true });
      const ended = await runNode([app], { cwd: alone, env });
      await rm(alone, { recursive: true });
      return ended;
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
