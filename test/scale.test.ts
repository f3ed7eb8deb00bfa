import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { makeProject } from './journey/project.ts';

/** A delivery makes no more at a time. */
const MAX_CONNECTIONS = 2;

describe('exporters in number', function () {
  this.timeout(180_000);

  let project: MonitoredProject;
  let monitor: LocalMonitor;
  before(async () => {
    project = await monitored(await makeProject('otel2'));
    monitor = project.monitor;
  });
  beforeEach(() => monitor.clear());
  after(() => project.close());

  it('are fifty with one delivery, one listener and two connections at most', async () => {
    const { open, deliveriesLeft } = (await run('fifty')) as {
      open: { deliveries: number[]; exitListeners: number; connections: number };
      deliveriesLeft: number[];
    };
    expect(open.deliveries).to.deep.equal([1]);
    // Node.js 20 has one of its own during a top-level await; fifty exporters may not have fifty.
    expect(open.exitListeners).to.be.at.most(1);
    expect(open.connections).to.be.at.most(MAX_CONNECTIONS);
    expect(deliveriesLeft).to.deep.equal([0]);
    expect(monitor.counts().dependencies.rows).to.equal(50);
  });

  it('send from threads, each for itself, and let them end', async () => {
    expect(await run('threads')).to.deep.equal([0, 0, 0]);
    expect(monitor.counts().dependencies.rows).to.equal(3);
  });

  it('send from the processes of a cluster, and let them end', async () => {
    expect(await run('cluster')).to.deep.equal([0, 0, 0]);
    expect(monitor.counts().dependencies.rows).to.equal(3);
  });

  /** Runs a scene to its end, which prints no warning, and gives what it found. */
  async function run(scene: string): Promise<unknown> {
    const ended = await project.run(['--trace-warnings', 'scale.mjs', scene]);
    expect(ended).to.deep.include({ code: 0, signal: null, stderr: '' });
    monitor.assertClean();
    return JSON.parse(ended.stdout);
  }
});
