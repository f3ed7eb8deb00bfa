import * as nodeModule from 'node:module';
import { pathToFileURL } from 'node:url';
import { findOptionalPackage, loadOptionalPackage } from '../optional-packages.ts';

const INSTRUMENTATION = '@opentelemetry/instrumentation';
const HOOKS = 'import-in-the-middle';

/** Packages that depend on the instrumentations' base; the first that is installed says which copy of it is used. */
const OWNERS = ['@opentelemetry/auto-instrumentations-node', '@opentelemetry/sdk-node'];

/**
 * Lets instrumentations see ES modules, from the next `import` on. CommonJS needs nothing.
 *
 * In this thread where Node.js can do it well, by `module.registerHooks`; by `module.register` else, which Node.js 26
 * warns about. Does nothing when no package of instrumentations is there.
 */
export function hookEsModules(): void {
  const owner = OWNERS.find(name => findOptionalPackage(name) !== undefined);
  const dependencyOf = owner === undefined ? [INSTRUMENTATION] : [owner, INSTRUMENTATION];
  if (registerInThread(dependencyOf)) return;
  const hooks = findOptionalPackage(`${HOOKS}/hook.mjs`, { dependencyOf });
  if (hooks !== undefined) nodeModule.register(pathToFileURL(hooks));
}

/**
 * The package knows in which versions of Node.js `registerHooks` runs its hooks. It is an ES module, and where there is
 * no `registerHooks` at all, Node.js may print a warning when such a one is loaded at once.
 */
function registerInThread(dependencyOf: readonly string[]): boolean {
  if (!('registerHooks' in nodeModule)) return false;
  const name = `${HOOKS}/register-hooks.mjs`;
  if (findOptionalPackage(name, { dependencyOf }) === undefined) return false;
  const hooks = loadOptionalPackage(name, { neededBy: 'startAzureMonitor', dependencyOf }) as {
    supportsSyncHooks(): boolean;
    register(): void;
  };
  if (!hooks.supportsSyncHooks()) return false;
  hooks.register();
  return true;
}
