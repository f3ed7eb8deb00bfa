import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { runNode } from '../journey/child.ts';
import { INSTALL_MILLIS, makeBundlerProject, type BundlerProject } from './bundler-project.ts';

const FOR_NODE = { platform: 'node', target: 'node20' };
/** CommonJS inside an ES module, as of got and of OpenTelemetry 2.x, wants a `require`. */
const WITH_REQUIRE = {
  format: 'esm',
  banner: {
    js: `import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);`,
  },
};

interface Bundler {
  /** The tool and its arguments, for the file that the bundle is to begin with. */
  readonly command: (entry: string) => string[];
  /** The folder and the file that it writes. */
  readonly output: readonly [string, string];
}

const BUNDLERS: Readonly<Record<string, Bundler>> = {
  'esbuild as an ES module': {
    command: entry => esbuild({ ...FOR_NODE, ...WITH_REQUIRE, entryPoints: [entry], outfile: 'out/esm/app.mjs' }),
    output: ['out/esm', 'app.mjs'],
  },
  'esbuild as CommonJS, minified': {
    command: entry => esbuild({ ...FOR_NODE, minify: true, entryPoints: [entry], outfile: 'out/cjs/app.cjs' }),
    output: ['out/cjs', 'app.cjs'],
  },
  webpack: {
    command: entry => ['webpack-cli/bin/cli.js', 'build', '--entry', `./${entry}`],
    output: ['out/webpack', 'app.cjs'],
  },
  Rollup: {
    command: entry => ['rollup/dist/bin/rollup', '--config', 'rollup.config.mjs', '--input', entry],
    output: ['out/rollup', 'app.mjs'],
  },
  'Vite for a server': {
    command: entry => ['vite/bin/vite.js', 'build', '--ssr', entry],
    output: ['out/vite', 'app.mjs'],
  },
};

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

  for (const [bundler, { command, output }] of Object.entries(BUNDLERS)) {
    it(`of ${bundler} sends each signal`, async () => {
      await build(command('app.mjs'));
      const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
      expect(await project.runAlone(...output, env)).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
      expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
      expect(monitor.rows('customMetrics').map(row => row.name)).to.deep.equal(['jobs']);
      expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['done']);
      monitor.assertClean();
    });

    it(`of ${bundler} keeps what it imports for its effect`, async () => {
      await build(command('register.mjs'));
      const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
      // Where the SDK is installed: it is loaded when it is needed, so no bundle has it.
      const ended = await runNode([output.join('/')], { cwd: project.folder, env });
      expect(ended).to.deep.include({ code: 0, stdout: '' });
      expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['work']);
    });
  }

  it('shares one delivery with a copy that is not in the bundle', async () => {
    const options = { ...FOR_NODE, ...WITH_REQUIRE, entryPoints: ['two-copies.mjs'] };
    await build(esbuild({ ...options, outfile: 'out/two-copies.mjs' }));
    const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
    const ended = await runNode(['out/two-copies.mjs'], { cwd: project.folder, env });
    expect(ended).to.deep.include({ code: 0, stdout: '{ sameClass: false, deliveries: [ 1 ] }\n', stderr: '' });
  });

  for (const condition of ELSEWHERE) {
    it(`for ${condition} is told at use where the library works`, async () => {
      const options = { entryPoints: ['elsewhere.mjs'], platform: 'neutral', conditions: [condition] };
      await build(esbuild({ ...options, format: 'esm', outfile: `out/${condition}/app.mjs` }));
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

  async function build([tool = '', ...args]: string[]): Promise<void> {
    const built = await project.runTool(tool, args);
    expect(built, built.stdout + built.stderr).to.include({ code: 0 });
  }
});

function esbuild(options: object): string[] {
  return ['esbuild.mjs', JSON.stringify(options)];
}
