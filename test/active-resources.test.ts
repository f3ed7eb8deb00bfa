import { expect } from 'chai';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { makeProject } from './journey/project.ts';

describe('shutdown', function () {
  this.timeout(180_000);

  let project: MonitoredProject;
  before(async () => {
    project = await monitored(await makeProject('otel2'));
  });
  after(() => project.close());

  it('leaves no resource active that was not there before the exporters', async () => {
    const { stdout, stderr } = await project.run(['active-resources.mjs'], { START_MILLIS: String(Date.now()) });
    expect(stderr).to.equal('');
    const { before, after } = JSON.parse(stdout) as Record<'before' | 'after', string[]>;
    expect(project.monitor.counts()).to.have.nested.property('requests.rows', 1);
    expect(after.filter(resource => !take(before, resource))).to.deep.equal([]);
  });
});

/** Removes one such element, and says whether there was one. */
function take(list: string[], element: string): boolean {
  const index = list.indexOf(element);
  return index !== -1 && list.splice(index, 1).length === 1;
}
