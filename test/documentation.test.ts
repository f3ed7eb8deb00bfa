import { expect } from 'chai';
import type { LocalMonitor } from 'azure-monitor-local';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from './journey/child.ts';
import { monitored, type MonitoredProject } from './journey/monitored-project.ts';
import { makeProject } from './journey/project.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');

const CONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noImplicitAny: false,
    allowJs: true,
    checkJs: true,
    noEmit: true,
  },
};

/** A code block of a page, and the file of a project it is written to: the one its first line names, or one of its own. */
interface Block {
  readonly page: string;
  readonly number: number;
  readonly file: string;
  readonly code: string;
}

const PAGES = ['README.md', 'local/README.md', ...markdownIn('docs')].filter(page => existsSync(path.join(ROOT, page)));
const BLOCKS = PAGES.flatMap(blocksOf);

describe('the documentation', function () {
  this.timeout(180_000);

  let project: MonitoredProject;
  let monitor: LocalMonitor;
  before(async () => {
    project = await monitored(await makeProject('otel2'));
    monitor = project.monitor;
    for (const { file, code } of BLOCKS) await writeFile(path.join(project.folder, file), code);
  });
  beforeEach(() => monitor.clear());
  after(() => project.close());

  it('shows code that compiles', async () => {
    const config = { ...CONFIG, files: BLOCKS.map(block => block.file) };
    await writeFile(path.join(project.folder, 'tsconfig.json'), JSON.stringify(config));
    expect(await runNode([TSC, '-p', 'tsconfig.json'], { cwd: project.folder })).to.include({ code: 0, stdout: '' });
  });

  for (const { page, number, file } of BLOCKS) {
    it(`shows code that runs: block ${number} of ${page}`, async () => {
      expect(await project.run([file])).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    });
  }

  it('shows in README how an app gets rows in five tables', async () => {
    const ended = await project.run(['--import', './instrumentation.mjs', 'app.mjs']);
    expect(ended).to.deep.equal({ code: 0, signal: null, stdout: '', stderr: '' });
    expect(monitor.rows('requests').map(row => row.name)).to.deep.equal(['GET /orders']);
    expect(monitor.rows('dependencies').map(row => row.name)).to.deep.equal(['GET /stock']);
    expect(monitor.rows('exceptions').map(row => row.message ?? row.outerMessage)).to.deep.equal(['out of stock']);
    expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['stock is low']);
    expect(monitor.rows('customMetrics').map(row => row.name)).to.deep.equal(['orders.placed']);
    monitor.assertClean();
  });
});

describe('the links of the documentation', () => {
  const pages = [...PAGES, 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs/adr'), ...markdownIn('samples/shop')];
  for (const page of pages) {
    it(`lead to files that are there, from ${page}`, () => {
      const text = readFileSync(path.join(ROOT, page), 'utf8');
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
      const missing = targets.filter(target => !existsSync(path.resolve(ROOT, path.dirname(page), target)));
      expect(missing).to.deep.equal([]);
    });
  }
});

function markdownIn(folder: string): string[] {
  const names = existsSync(path.join(ROOT, folder)) ? readdirSync(path.join(ROOT, folder)) : [];
  return names.filter(name => name.endsWith('.md')).map(name => `${folder}/${name}`);
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ''], index) => ({
    page,
    number: index + 1,
    file: /^\/\/ (\S+\.mjs)$/m.exec(code)?.[1] ?? `${page.replaceAll(/\W+/g, '-')}-${index + 1}.mjs`,
    // What a page leaves to the reader is done by the app of these tests.
    code: code.replace(/^\/\/ … start and exercise the application …$/m, `await import('./with-instrumentation.mjs');`),
  }));
}
