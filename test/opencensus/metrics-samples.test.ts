import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runNode, type ChildResult } from '../journey/child.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

// A whole second has no fraction.
const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?`;

/** What is printed for three prompts: as on the page, with counts that begin at 1. */
const THREE_PROMPTS = [1, 2, 3].map(
  count => new RegExp(String.raw`^Press enter\.Point\(value=ValueLong\(${count}\), timestamp=${TIME}\)$`),
);

describe('the samples of metrics', function () {
  this.timeout(60_000);

  let monitor: LocalMonitor;
  let home: string;
  before(async () => {
    monitor = await startLocalMonitor();
    home = await mkdtemp(path.join(tmpdir(), 'azure-monitor-home-'));
  });
  after(async () => {
    await monitor.close();
    await rm(home, { recursive: true, force: true });
  });

  it('metrics-print prints the count after each prompt', async () => {
    const { stdout, ...ended } = await run('metrics-print.ts', '\n\n\n');
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    expectThreePrompts(stdout);
  });

  it('metrics-azure prints the count after each prompt and sends it at its end', async () => {
    const { stdout, ...ended } = await run('metrics-azure.ts', '\n\n\n', {
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString,
    });
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    expectThreePrompts(stdout);
    const rows = monitor.rows('customMetrics').map(({ name, value, valueCount, cloud_RoleName, customDimensions }) => ({
      name,
      value,
      valueCount,
      cloud_RoleName,
      customDimensions,
    }));
    expect(rows).to.deep.equal([
      { name: 'prompt view', value: 3, valueCount: 1, cloud_RoleName: 'metrics-azure.ts', customDimensions: {} },
    ]);
    monitor.assertClean();
  });

  it('metrics-azure says what to set when it does not know where to send', async () => {
    expect(await run('metrics-azure.ts', '\n')).to.deep.equal({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `Set APPLICATIONINSIGHTS_CONNECTION_STRING to the connection string of an Application Insights resource, or
to the one that "npx azure-monitor-local" prints.
`,
    });
  });

  function run(sample: string, input: string, env: Record<string, string> = {}): Promise<ChildResult> {
    const args = ['--import', 'tsx', path.join('samples', sample)];
    return runNode(args, { cwd: ROOT, input, env: { ...env, HOME: home, TMPDIR: home } });
  }
});

function expectThreePrompts(stdout: string): void {
  const lines = stdout.split('\n');
  expect(lines).to.have.length(4);
  for (const [i, expected] of THREE_PROMPTS.entries()) expect(lines[i]).to.match(expected);
  expect(lines[3]).to.equal('Press enter.');
}
