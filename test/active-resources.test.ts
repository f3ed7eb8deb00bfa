import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { runNode } from './journey/child.ts';
import { makeProject, type Project } from './journey/project.ts';

describe('shutdown', function () {
  this.timeout(180_000);

  let project: Project;
  let monitor: LocalMonitor;
  before(async () => {
    project = await makeProject('otel2');
    monitor = await startLocalMonitor();
  });
  after(async () => {
    await monitor.close();
    await project.remove();
  });

  it('leaves no resource active that was not there before the exporters', async () => {
    const env = {
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString,
      START_MILLIS: String(Date.now()),
    };
    const { stdout, stderr } = await runNode(['active-resources.mjs'], { cwd: project.folder, env });
    expect(stderr).to.equal('');
    const { before, after } = JSON.parse(stdout) as Record<'before' | 'after', string[]>;
    expect(monitor.counts()).to.have.nested.property('requests.rows', 1);
    expect(after.filter(resource => !take(before, resource))).to.deep.equal([]);
  });
});

/** Removes one such element, and says whether there was one. */
function take(list: string[], element: string): boolean {
  const index = list.indexOf(element);
  return index !== -1 && list.splice(index, 1).length === 1;
}
