import { createRequire } from 'node:module';
import { OWN_LOCATION } from './optional-packages-location.ts';

/** Who needs an optional package, and where it may come from. */
export interface OptionalPackageUse {
  /** What the user called, for the error message: `newMetricsExporter`. */
  readonly neededBy: string;
  /**
   * Another optional package that depends on this one: the copy which that one has is taken. Of several, each is a
   * dependency of the one before.
   */
  readonly dependencyOf?: string | readonly string[] | undefined;
}

/**
 * Loads a package that this library works with and does not bring along: at once, without a promise. The caller says
 * what is in it.
 *
 * Of several copies, the one wins that Node.js finds from this library's own folder: there package managers put the one
 * that fits the library. Only when there is none, as in a bundle, the one of the working directory is taken.
 *
 * @throws Error with the command that installs the package, when it is not there.
 */
export function loadOptionalPackage(name: string, { neededBy, dependencyOf }: OptionalPackageUse): unknown {
  let places = standardPlaces();
  for (const owner of [dependencyOf ?? []].flat()) places = [locate(owner, places, neededBy)];
  const file = locate(name, places, neededBy);
  return createRequire(file)(file);
}

/** The file that `loadOptionalPackage` would load; absent when there is none. */
export function findOptionalPackage(
  name: string,
  { dependencyOf }: Omit<OptionalPackageUse, 'neededBy'> = {},
): string | undefined {
  let places = standardPlaces();
  for (const owner of [dependencyOf ?? []].flat()) {
    const found = find(owner, places);
    if (found === undefined) return undefined;
    places = [found];
  }
  return find(name, places);
}

/**
 * Loads an ES module as Node.js itself does, past a test runner that has put its own loader in place of `import()` and
 * of `node:module`, as jest does. The caller says what is in it.
 */
export function requireFromNode(name: string): unknown {
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(OWN_LOCATION ?? placeOfProcess())(name);
}

function standardPlaces(): string[] {
  return [OWN_LOCATION, placeOfProcess()].filter(place => place !== undefined);
}

function placeOfProcess(): string {
  return `${process.cwd()}/package.json`;
}

function locate(name: string, places: readonly string[], neededBy: string): string {
  const file = find(name, places);
  if (file !== undefined) return file;
  throw new Error(`${neededBy}: the package ${name} is not installed. Install it: npm install ${name}`);
}

/** The file to load for `name` as seen from the first of these files or file URLs that sees it. */
function find(name: string, places: readonly string[]): string | undefined {
  for (const place of places) {
    try {
      return createRequire(place).resolve(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}
