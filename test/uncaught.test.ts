import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import type { ChildResult } from './journey/child.ts';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { LINES } from './journey/opentelemetry-line.ts';
import { makeLoggerProject } from './loggers/logger-project.ts';

for (const { line, tree, findNode } of LINES) {
  describe(`captureUncaught on ${line}`, function () {
    this.timeout(180_000);

    let project: MonitoredProject;
    let monitor: LocalMonitor;
    before(async () => {
      project = await monitored(await makeLoggerProject(tree), await findNode());
      monitor = project.monitor;
    });
    beforeEach(() => monitor.clear());
    after(() => project.close());

    const scenes: [string, number, unknown[]][] = [
      ['an exception', 1, ['RangeError', 'no such order', 'not a number', 4, 'uncaughtException']],
      ['a rejection', 1, ['RangeError', 'no such order', 'not a number', 4, 'unhandledRejection']],
      ['a listener that exits', 7, ['RangeError', 'no such order', 'not a number', 4, 'uncaughtException']],
    ];
    for (const [scene, code, row] of scenes) {
      it(`lets a program end by ${scene} as it would, and sends that at the next start`, async () => {
        const captured = await run(scene, 'captured');
        expect(captured).to.deep.equal(await run(scene, 'not captured'));
        expect(captured).to.deep.include({ code, stdout: '' });
        expect(await run('nothing', 'captured')).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
        expect(shown()).to.deep.equal([row]);
        monitor.assertClean();
      });
    }

    it('sends at once where the program goes on, and leaves its listener alone', async () => {
      const ended = await run('a listener', 'captured');
      expect(ended).to.deep.equal({ code: 0, signal: null, stdout: 'heard of no such order', stderr: '' });
      expect(shown()).to.deep.equal([['RangeError', 'no such order', 'not a number', 4, 'uncaughtException']]);
      expect(monitor.rows('exceptions')[0]?.operation_Id).to.equal('0af7651916cd43dd8448eb211c80319c');
    });

    it('sends once what happens while a logger provider is registered', async () => {
      expect(await run('a rejection', 'captured', 'registered')).to.deep.include({ code: 1 });
      await run('nothing', 'captured');
      expect(shown()).to.deep.equal([['RangeError', 'no such order', 'not a number', 4, 'unhandledRejection']]);
    });

    it('records nothing when it is taken back', async () => {
      await run('a rejection', 'undone');
      await run('nothing', 'captured');
      expect(shown()).to.deep.equal([]);
    });

    function shown(): unknown[] {
      return monitor
        .rows('exceptions')
        .map(row => [
          row.outerType,
          row.outerMessage,
          row.innermostMessage,
          row.severityLevel,
          row.customDimensions['uncaught.origin'],
        ]);
    }

    function run(scene: string, capture: string, provider = 'none'): Promise<ChildResult> {
      return project.run(['uncaught.mjs', scene, capture, provider], { OTEL_SERVICE_NAME: 'shop' });
    }
  });
}
