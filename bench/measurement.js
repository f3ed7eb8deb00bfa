/*
 * Runs measuring programs, each in a process of its own, and the sink they send to.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const BENCH = import.meta.dirname;
const execute = promisify(execFile);

/** Starts the sink; `measure` then runs one program of a group for one contender with this Node.js. */
export async function openMeasurement(node) {
  const sink = fork(path.join(BENCH, 'sink.js'), { execArgv: [] });
  const [{ port }] = await once(sink, 'message');
  return {
    async measure({ program, args, isCounted }, contender) {
      const sample = await run(node, program, args(contender, port));
      const arrived = await count(sink);
      if (isCounted && contender !== 'no-op') Object.assign(sample, lossOf(sample, arrived));
      return sample;
    },
    close: () => sink.disconnect(),
  };
}

/** With nothing on disk that a process before it has left. */
async function run(node, program, args) {
  const home = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const folders = { HOME: home, XDG_STATE_HOME: home, LOCALAPPDATA: home, TMPDIR: home, TEMP: home };
  const command = ['--expose-gc', path.join(BENCH, program), ...args.map(String)];
  try {
    const options = { env: { ...process.env, NODE_OPTIONS: '', ...folders }, cwd: BENCH };
    const { stdout } = await execute(node, command, options);
    return JSON.parse(stdout);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function count(sink) {
  sink.send('count');
  const [tally] = await once(sink, 'message');
  return tally;
}

function lossOf({ items }, arrived) {
  return { lost: items - arrived.items, wireBytes: arrived.wireBytes / arrived.items };
}
