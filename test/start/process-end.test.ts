import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { expect } from 'chai';
import { runNode, type ChildResult } from '../journey/child.ts';
import type { Project } from '../journey/project.ts';
import { makeStartProject } from './start-project.ts';

/** How it ends, the exit code and signal, and whether the span arrives. */
const ENDS: readonly [string, Pick<ChildResult, 'code' | 'signal'>, boolean][] = [
  ['by itself', { code: 0, signal: null }, true],
  ['by itself, with an exit code', { code: 3, signal: null }, true],
  ['by process.exit()', { code: 4, signal: null }, false],
  ['by an uncaught exception', { code: 1, signal: null }, false],
  ['by SIGTERM', { code: null, signal: 'SIGTERM' }, true],
  ['by SIGINT', { code: null, signal: 'SIGINT' }, true],
  ['in a listener of its own', { code: 5, signal: null }, true],
  ['by a listener that looks whether it is alone', { code: null, signal: 'SIGTERM' }, false],
];

describe('a process that was started with register', function () {
  this.timeout(180_000);

  let project: Project;
  before(async () => {
    project = await makeStartProject('otel2');
  });
  after(() => project.remove());

  for (const [end, expected, arrives] of ENDS) {
    describe(`and ends ${end}`, () => {
      let monitor: LocalMonitor;
      before(async () => {
        monitor = await startLocalMonitor();
      });
      after(() => monitor.close());

      it(`ends as it would without${arrives ? ', and sends first what is left' : ''}`, async () => {
        const withRegister = await run(end, monitor);
        const without = await runNode(['ends.mjs', end], { cwd: project.folder });
        expect({ code: withRegister.code, signal: withRegister.signal }).to.deep.equal(expected);
        expect(withRegister).to.deep.equal(without);
        if (arrives) expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
      });
    });
  }

  function run(end: string, monitor: LocalMonitor): Promise<ChildResult> {
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString, OTEL_METRICS_EXPORTER: 'none' };
    return runNode(['--import', 'azure-monitor-bridge/register', 'ends.mjs', end], { cwd: project.folder, env });
  }
});
