import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { runNode, type ChildResult } from './child.ts';
import type { Project } from './project.ts';

/** A user's project, and the monitor that its programs send to. */
export interface MonitoredProject {
  readonly folder: string;
  readonly monitor: LocalMonitor;
  /** Runs `node <args>` in it to its end, with the monitor's connection string and `env` in its environment. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<ChildResult>;
  /** Closes the monitor and removes the project. */
  close(): Promise<void>;
}

/** Starts a monitor for a project, whose programs are run by `node`, or by the Node.js of this process. */
export async function monitored(project: Project, node: string = process.execPath): Promise<MonitoredProject> {
  const monitor = await startLocalMonitor();
  const sendTo = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
  return {
    folder: project.folder,
    monitor,
    run: (args, env) => runNode(args, { cwd: project.folder, node, env: { ...sendTo, ...env } }),
    close: async () => {
      await monitor.close();
      await project.remove();
    },
  };
}
