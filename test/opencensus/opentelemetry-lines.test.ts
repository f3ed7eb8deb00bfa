import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from '../journey/child.ts';
import { monitored, type MonitoredProject } from '../journey/monitored-project.ts';
import { LINES } from '../journey/opentelemetry-line.ts';
import { makeProject } from '../journey/project.ts';

for (const { line, tree, findNode } of LINES) {
  describe(`a program with both copies of OpenCensus's traces and logs, on ${line}`, function () {
    this.timeout(180_000);

    let project: MonitoredProject;
    let monitor: LocalMonitor;
    let ended: ChildResult;
    before(async () => {
      project = await monitored(await makeProject(tree), await findNode());
      monitor = project.monitor;
      ended = await project.run(['opencensus-signals.mjs']);
    });
    after(() => project.close());

    it('keeps its exit code and prints nothing', () => {
      expect(ended).to.deep.equal({ code: 7, signal: null, stdout: '', stderr: '' });
    });

    it('sends its spans at its end, and those of instrumentations inside them, as one trace', () => {
      expect(parents('dependencies')).to.deep.equal({
        outer: undefined,
        inner: 'outer',
        call: undefined,
        'GET /prompts': 'call',
      });
      expect(parents('requests')).to.deep.equal({ 'GET /prompts': 'GET /prompts' });
      const traceIds = [...monitor.rows('dependencies'), ...monitor.rows('requests')].map(row => row.operation_Id);
      expect(new Set(traceIds).size).to.equal(1);
    });

    it('sends its messages, errors and events, each with its span', () => {
      const rows = (table: 'traces' | 'exceptions' | 'customEvents') =>
        monitor.rows(table).map(row => [nameOf(row.operation_ParentId), row.operation_Id === traceId()]);
      expect(monitor.rows('traces').map(row => [row.message, row.severityLevel])).to.deep.equal([['no answer yet', 2]]);
      expect(monitor.rows('exceptions').map(row => [row.type, row.outerMessage, row.severityLevel])).to.deep.equal([
        ['TypeError', 'no such prompt', 3],
      ]);
      expect(monitor.rows('customEvents').map(row => [row.name, row.customDimensions])).to.deep.equal([
        ['prompted', { value: '4' }],
      ]);
      for (const table of ['traces', 'exceptions', 'customEvents'] as const)
        expect(rows(table)).to.deep.equal([['inner', true]]);
    });

    it('sends nothing that Azure would refuse, cut or find odd', () => {
      monitor.assertClean();
    });

    function parents(table: 'dependencies' | 'requests'): Record<string, string | undefined> {
      return Object.fromEntries(monitor.rows(table).map(row => [row.name, nameOf(row.operation_ParentId)]));
    }

    function nameOf(spanId: string): string | undefined {
      return monitor.rows('dependencies').find(row => row.id === spanId)?.name;
    }

    function traceId(): string | undefined {
      return monitor.rows('dependencies').at(0)?.operation_Id;
    }
  });
}
