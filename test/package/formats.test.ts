import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from '../journey/child.ts';
import { makeProject, type Project } from '../journey/project.ts';

const PRINT_NAMES = `console.log(JSON.stringify(Object.keys(bridge).filter(name => name !== 'default').sort()));`;

describe('the library as ES module and as CommonJS', function () {
  this.timeout(180_000);

  let project: Project;
  before(async () => {
    project = await makeProject('otel2');
    // What is loaded only when it is needed is not missed before.
    await rm(path.join(project.folder, 'node_modules/got'));
  });
  after(() => project.remove());

  it('loads without got, and exports the same names', async () => {
    const esm = await evaluate(`import * as bridge from 'azure-monitor-bridge'; ${PRINT_NAMES}`, 'module');
    const commonjs = await evaluate(`const bridge = require('azure-monitor-bridge'); ${PRINT_NAMES}`, 'commonjs');
    expect(esm).to.include('AzureMonitorTraceExporter');
    expect(commonjs).to.deep.equal(esm);
  });

  it('has each class once, whichever way it is loaded, under the name it is exported by', async () => {
    const compare = `
      import { createRequire } from 'node:module';
      const different = [];
      for (const entry of ['azure-monitor-bridge', 'azure-monitor-bridge/opencensus']) {
        const commonjs = createRequire(import.meta.url)(entry);
        for (const [name, value] of Object.entries(await import(entry)))
          if (value !== commonjs[name] || (typeof value === 'function' && value.name !== name)) different.push(name);
      }
      console.log(JSON.stringify(different));`;
    expect(await evaluate(compare, 'module')).to.deep.equal([]);
  });

  async function evaluate(code: string, type: 'module' | 'commonjs'): Promise<string[]> {
    const ended = await runNode([`--input-type=${type}`, '--eval', code], { cwd: project.folder });
    expect(ended).to.deep.include({ code: 0, stderr: '' });
    return JSON.parse(ended.stdout) as string[];
  }
});
