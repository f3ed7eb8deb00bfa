/* Loaded by mocha before any test: what tests and their processes put on disk stays out of the user's state directory. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** At once, not in a hook: some tests make exporters while they are loaded. */
const directory = mkdtempSync(path.join(tmpdir(), 'state-'));
process.env['XDG_STATE_HOME'] = directory;
if (process.platform === 'win32') process.env['LOCALAPPDATA'] = directory;

/** Removes it with what is in it. */
export function mochaGlobalTeardown(): void {
  rmSync(directory, { recursive: true, force: true });
}
