import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { INSTALL_MILLIS, makeBundlerProject, type BundlerProject } from './bundler-project.ts';

const JEST = ['--no-cache', '--runInBand', '--testMatch=**/*.test.cjs', '--no-watchman'];

describe('an application under a test runner', function () {
  this.timeout(INSTALL_MILLIS);

  let project: BundlerProject;
  let monitor: LocalMonitor;
  let env: Record<string, string>;
  before(async () => {
    project = await makeBundlerProject();
    monitor = await startLocalMonitor();
    env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
  });
  afterEach(() => monitor.clear());
  after(async () => {
    await monitor.close();
    await project.remove();
  });

  it('sends from within jest, whose sandbox refuses import(), and is told so in jsdom', async () => {
    const ended = await project.runTool('jest/bin/jest.js', JEST, env);
    expect(ended, ended.stderr).to.include({ code: 0 });
    expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
  });

  it('sends from within vitest', async () => {
    const ended = await project.runTool('vitest/vitest.mjs', ['run', 'in-vitest'], env);
    expect(ended, ended.stdout + ended.stderr).to.include({ code: 0 });
    expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
  });
});
