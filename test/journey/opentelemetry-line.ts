import { nodeForOpenTelemetry3 } from './child.ts';
import type { Tree } from './project.ts';

/** A line of OpenTelemetry, where its packages are, and the Node.js that runs it. */
export interface Line {
  readonly line: string;
  readonly tree: Tree;
  readonly findNode: () => Promise<string>;
}

/** Both lines of OpenTelemetry. */
export const LINES: readonly Line[] = [
  { line: 'OpenTelemetry 2.12', tree: 'otel2', findNode: () => Promise.resolve(process.execPath) },
  { line: 'OpenTelemetry 3.1', tree: 'otel3', findNode: nodeForOpenTelemetry3 },
];
