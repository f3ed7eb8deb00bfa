import { expect } from 'chai';
import { prepareSamples, type SamplePrograms } from './sample-programs.ts';

// A whole second has no fraction.
const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?`;

/** What is printed for three prompts: as on the page, with counts that begin at 1. */
const THREE_PROMPTS = [1, 2, 3].map(
  count => new RegExp(String.raw`^Press enter\.Point\(value=ValueLong\(${count}\), timestamp=${TIME}\)$`),
);

describe('the samples of metrics', function () {
  this.timeout(60_000);

  let samples: SamplePrograms;
  before(async () => {
    samples = await prepareSamples();
  });
  after(() => samples.close());

  it('metrics-print prints the count after each prompt', async () => {
    const { stdout, ...ended } = await samples.run('metrics-print.ts', '\n\n\n');
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    expectThreePrompts(stdout);
  });

  it('metrics-azure prints the count after each prompt and sends it at its end', async () => {
    const { stdout, ...ended } = await samples.run('metrics-azure.ts', '\n\n\n', {
      APPLICATIONINSIGHTS_CONNECTION_STRING: samples.monitor.connectionString,
    });
    expect(ended).to.deep.equal({ code: 0, signal: null, stderr: '' });
    expectThreePrompts(stdout);
    const rows = samples.monitor
      .rows('customMetrics')
      .map(({ name, value, valueCount, cloud_RoleName, customDimensions }) => ({
        name,
        value,
        valueCount,
        cloud_RoleName,
        customDimensions,
      }));
    expect(rows).to.deep.equal([
      { name: 'prompt view', value: 3, valueCount: 1, cloud_RoleName: 'metrics-azure.ts', customDimensions: {} },
    ]);
    samples.monitor.assertClean();
  });

  it('metrics-azure says what to set when it does not know where to send', async () => {
    expect(await samples.run('metrics-azure.ts', '\n')).to.deep.equal({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `Set APPLICATIONINSIGHTS_CONNECTION_STRING to the connection string of an Application Insights resource, or
to the one that "npx azure-monitor-local" prints.
`,
    });
  });
});

function expectThreePrompts(stdout: string): void {
  const lines = stdout.split('\n');
  expect(lines).to.have.length(4);
  for (const [i, expected] of THREE_PROMPTS.entries()) expect(lines[i]).to.match(expected);
  expect(lines[3]).to.equal('Press enter.');
}
