import { expect } from 'chai';
import type { ClassicTableName, LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from './journey/child.ts';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { LINES } from './journey/opentelemetry-line.ts';
import { makeProject } from './journey/project.ts';

for (const { line, tree, findNode } of LINES) {
  describe(`an app that samples, with ${line}`, function () {
    this.timeout(180_000);

    let project: MonitoredProject;
    let monitor: LocalMonitor;
    let ended: ChildResult;
    before(async () => {
      project = await monitored(await makeProject(tree), await findNode());
      monitor = project.monitor;
      ended = await project.run(['sampled.mjs']);
    });
    after(() => project.close());

    const shown = (table: ClassicTableName, column: 'name' | 'message'): unknown[] =>
      monitor
        .rows(table)
        .map(row => [
          (row as Record<string, unknown>)[column],
          row.operation_Name,
          (row as { itemCount: number }).itemCount,
        ]);

    it('ends by itself and prints nothing', () => {
      expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    });

    it('keeps a trace whole, and says for how many each of its rows stands', () => {
      expect(shown('requests', 'name')).to.deep.equal([['GET /orders/:id', 'GET /orders/:id', 4]]);
      expect(shown('dependencies', 'name')).to.deep.equal([['SELECT', 'GET /orders/:id', 4]]);
    });

    it('keeps the logs of that trace with the name of its request, and those of none', () => {
      expect(shown('traces', 'message')).to.deep.equal([
        ['order 7', 'GET /orders/:id', 4],
        ['no trace', '', 1],
      ]);
    });
  });
}
