import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { runNode } from '../journey/child.ts';
import { INSTALL_MILLIS, makeBundlerProject, type BundlerProject } from './bundler-project.ts';

const FOR_NODE = { entryPoints: ['app.mjs'], platform: 'node', target: 'node20' };
/** CommonJS inside an ES module, as of got and of OpenTelemetry 2.x, wants a `require`. */
const WITH_REQUIRE = {
  format: 'esm',
  banner: {
    js: `import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);`,
  },
};

/** What, the tool and its arguments, the folder and the file that it writes. */
const BUNDLERS: readonly [string, readonly string[], string, string][] = [
  [
    'esbuild as an ES module',
    esbuild({ ...FOR_NODE, ...WITH_REQUIRE, outfile: 'out/esm/app.mjs' }),
    'out/esm',
    'app.mjs',
  ],
  [
    'esbuild as CommonJS, minified',
    esbuild({ ...FOR_NODE, minify: true, outfile: 'out/cjs/app.cjs' }),
    'out/cjs',
    'app.cjs',
  ],
  ['webpack', ['webpack-cli/bin/cli.js', 'build', '--entry', './app.mjs'], 'out/webpack', 'app.cjs'],
  [
    'Rollup',
    ['rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--input', 'app.mjs'],
    'out/rollup',
    'app.mjs',
  ],
  ['Vite for a server', ['vite/bin/vite.js', 'build', '--ssr', 'app.mjs'], 'out/vite', 'app.mjs'],
];

/** Places without Node.js, by the condition that their bundlers set. */
const ELSEWHERE = ['browser', 'edge-light', 'workerd'];

describe('an application in a bundle', function () {
  this.timeout(INSTALL_MILLIS);

  let project: BundlerProject;
  let monitor: LocalMonitor;
  before(async () => {
    project = await makeBundlerProject();
    monitor = await startLocalMonitor();
  });
  afterEach(() => monitor.clear());
  after(async () => {
    await monitor.close();
    await project.remove();
  });

  for (const [bundler, [tool = '', ...args], output, app] of BUNDLERS) {
    it(`of ${bundler} sends each signal`, async () => {
      const built = await project.runTool(tool, args);
      expect(built, built.stdout + built.stderr).to.include({ code: 0 });
      const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
      expect(await project.runAlone(output, app, env)).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
      expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
      expect(monitor.rows('customMetrics').map(row => row.name)).to.deep.equal(['jobs']);
      expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['done']);
      monitor.assertClean();
    });
  }

  it('shares one delivery with a copy that is not in the bundle', async () => {
    await build({ ...FOR_NODE, ...WITH_REQUIRE, entryPoints: ['two-copies.mjs'], outfile: 'out/two-copies.mjs' });
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
    const ended = await runNode(['out/two-copies.mjs'], { cwd: project.folder, env });
    expect(ended).to.deep.include({ code: 0, stdout: '{ sameClass: false, deliveries: [ 1 ] }\n', stderr: '' });
  });

  for (const condition of ELSEWHERE) {
    it(`for ${condition} is told at use where the library works`, async () => {
      const options = { entryPoints: ['elsewhere.mjs'], platform: 'neutral', conditions: [condition] };
      await build({ ...options, format: 'esm', outfile: `out/${condition}/app.mjs` });
      const refused =
        'works on Node.js alone, and this code was loaded for a browser or an edge runtime. ' +
        'Load it only where Node.js runs it.';
      expect(await project.runAlone(`out/${condition}`, 'app.mjs')).to.deep.equal({
        code: 0,
        signal: null,
        stdout:
          '0.1.0\n' +
          `AzureMonitorTraceExporter of azure-monitor-bridge ${refused}\n` +
          `CanonicalCode of azure-monitor-bridge/opencensus ${refused}\n`,
        stderr: '',
      });
    });
  }

  async function build(options: object): Promise<void> {
    const [tool = '', ...args] = esbuild(options);
    const built = await project.runTool(tool, args);
    expect(built, built.stderr).to.include({ code: 0 });
  }
});

function esbuild(options: object): string[] {
  return ['esbuild.mjs', JSON.stringify(options)];
}
