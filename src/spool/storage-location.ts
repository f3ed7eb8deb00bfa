import { createHash } from 'node:crypto';
import path from 'node:path';

/** What a machine says about where the state of programs belongs. */
export interface Machine {
  /** As `process.platform`. */
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  /** Of the user; `undefined` on Windows. */
  readonly uid: number | undefined;
}

const PRODUCT = 'azure-monitor-bridge';

/** The variable that names the directory, and where it is in the home directory otherwise. */
const STATE_DIRECTORIES: Readonly<Record<string, readonly [variable: string, ...inHome: string[]]>> = {
  win32: ['LOCALAPPDATA', 'AppData', 'Local'],
  darwin: ['XDG_STATE_HOME', 'Library', 'Application Support'],
};

/**
 * Where telemetry may wait when nobody said where, the best place first.
 *
 * The state directory of the user (https://specifications.freedesktop.org/basedir-spec/latest, which wants it to be
 * absolute); then, for users without a home they may write to, the temporary directories.
 */
export function defaultStorageDirectories(machine: Machine): string[] {
  const { platform, temporaryDirectory, uid } = machine;

  const paths = platform === 'win32' ? path.win32 : path.posix;
  const state = stateDirectoryOf(machine);
  const ofUser = uid === undefined ? PRODUCT : `${PRODUCT}-${uid}`;
  const places = [
    state === undefined ? undefined : paths.join(state, PRODUCT),
    platform === 'win32' ? undefined : paths.join('/var/tmp', ofUser),
    paths.join(temporaryDirectory, ofUser),
  ];
  return [...new Set(places.filter(place => place !== undefined))];
}

function stateDirectoryOf({ platform, environment, homeDirectory }: Machine): string | undefined {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const [named, ...inHome] = STATE_DIRECTORIES[platform] ?? ['XDG_STATE_HOME', '.local', 'state'];
  const directory = environment[named];
  if (directory !== undefined && paths.isAbsolute(directory)) return directory;
  return paths.isAbsolute(homeDirectory) ? paths.join(homeDirectory, ...inHome) : undefined;
}

/**
 * Names the folder of one destination, so that telemetry for different ones never meets.
 *
 * The same for the same texts, whatever directory, title or user the process was started with.
 */
export function folderNameFor(...destination: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(destination)).digest('hex').slice(0, 32);
}
