import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runNode, type ChildResult } from '../journey/child.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The programs in `samples`, a home for what they store, and a monitor that those for Azure may send to. */
export interface SamplePrograms {
  readonly monitor: LocalMonitor;
  /** Runs one to its end, with `input` typed in: for Azure, when it knows where to send. */
  run(sample: string, input: string, env?: Readonly<Record<string, string>>): Promise<ChildResult>;
  close(): Promise<void>;
}

/** Starts the monitor and makes the home. */
export async function prepareSamples(): Promise<SamplePrograms> {
  const monitor = await startLocalMonitor();
  const home = await mkdtemp(path.join(tmpdir(), 'azure-monitor-home-'));
  return {
    monitor,
    run: (sample, input, env) => {
      const args = ['--import', 'tsx', path.join('samples', sample)];
      return runNode(args, { cwd: ROOT, input, env: { ...env, HOME: home, TMPDIR: home } });
    },
    close: async () => {
      await monitor.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
