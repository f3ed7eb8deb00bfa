import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findCycles } from './architecture/cycles.ts';
import { placeViolations, tableViolations } from './architecture/import-table.ts';
import { readSource, type SourceReading } from './architecture/source-reading.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

describe('the architecture', () => {
  for (const folder of ['src', 'local/src']) {
    const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => file.replaceAll(path.sep, '/'));

    it(`has no import cycles in ${folder}`, async () => {
      expect(findCycles(await readAll(folder, files))).to.deep.equal([]);
    });

    for (const file of files) {
      it(`has a fitting name and place for ${folder}/${file}`, () => {
        expect(placeViolations(file)).to.deep.equal([]);
      });
      if (folder !== 'src') continue;
      it(`lets ${folder}/${file} import and touch only what its row of the table allows`, async () => {
        expect(tableViolations(file, await readOne(folder, file))).to.deep.equal([]);
      });
    }
  }
});

describe('the reading of a source', () => {
  const cases: [string, string, Partial<SourceReading['imports'][number]>][] = [
    ['a named import', `import { a as b } from './x.ts'`, { specifier: './x.ts', kind: 'eager', values: ['a'] }],
    ['a default import', `import got from 'got'`, { specifier: 'got', kind: 'eager', values: ['default'] }],
    ['a namespace import', `import * as os from 'node:os'`, { specifier: 'node:os', kind: 'eager', values: ['*'] }],
    ['an import for its effect', `import './x.ts'`, { specifier: './x.ts', kind: 'eager', values: [] }],
    ['an import of types', `import type { T } from './x.ts'`, { specifier: './x.ts', kind: 'type', values: [] }],
    [
      'a type among values',
      `import { type T, v } from './x.ts'`,
      { specifier: './x.ts', kind: 'eager', values: ['v'] },
    ],
    ['a re-export', `export { a as b } from './x.ts'`, { specifier: './x.ts', kind: 'eager', values: ['a'] }],
    ['a re-export of all', `export * from './x.ts'`, { specifier: './x.ts', kind: 'eager', values: ['*'] }],
    ['a re-export of types', `export type { T } from './x.ts'`, { specifier: './x.ts', kind: 'type', values: [] }],
    ['a dynamic import', `const f = () => import('got')`, { specifier: 'got', kind: 'lazy', values: ['*'] }],
    ['a type that names a module', `let t: import('got').Got`, { specifier: 'got', kind: 'type', values: ['*'] }],
    ['a require', `const fs = require('node:fs')`, { specifier: 'node:fs', kind: 'eager', values: ['*'] }],
    ['an import over several lines', `import {\n  a,\n} from\n  './x.ts'`, { specifier: './x.ts', values: ['a'] }],
    ['a computed import', 'const f = (m: string) => import(m)', { specifier: '<computed>', kind: 'lazy' }],
  ];
  for (const [what, text, expected] of cases) {
    it(`sees ${what}`, async () => {
      const { imports } = await readSource(text);
      expect(imports).to.have.length(1);
      expect(imports[0]).to.include.all.keys('specifier', 'kind', 'values');
      expect(imports[0]).to.deep.include(expected);
    });
  }

  it('takes no import from comments and strings', async () => {
    const { imports } = await readSource(`// import a from 'a'\nconst s = "import b from 'b'"; /* import('c') */`);
    expect(imports).to.deep.equal([]);
  });

  it('sees what is used as a value and leaves out names of types and members', async () => {
    const { uses } = await readSource(`
      const at = (date: Date) => date.getTime() + Date.now() + new Date().getTime() + new Date(at).getTime();
      const key = process.env['X'] ?? process['pid'];
      process.on('exit', () => undefined);
      const own = { process: 1, console: 2 } satisfies { performance?: number };
    `);
    expect([...uses].filter(use => /^(new )?(Date|process|console|performance)/.test(use))).to.have.members([
      'Date.now',
      'new Date()',
      'Date',
      'process.env',
      'process.pid',
      "process.on('exit')",
    ]);
  });
});

describe('the import table', () => {
  const allowed: [string, string][] = [
    ['mapping/span.ts', `import { SpanKind, type Attributes } from '@opentelemetry/api'`],
    ['mapping/span.ts', `import { toItem } from '../envelope/item.ts'; import { toTags } from './tags.ts'`],
    ['mapping/time.ts', 'export const toIso = (millis: number): string => new Date(millis).toISOString()'],
    ['delivery/http-transport.ts', `import type { Got } from 'got'; const load = () => import('got')`],
    ['delivery/http-transport.ts', `import { gzip } from 'node:zlib'; const id = process.pid`],
    ['delivery/registry.ts', `process.on('exit', () => undefined)`],
    ['options.ts', `import { hostname } from 'node:os'; const text = process.env['X']`],
    ['exporters/trace-exporter.ts', `import { diag } from '@opentelemetry/api'; import { a } from '../options.ts'`],
    ['opencensus/trace.ts', `import { x } from '../index.ts'; import { appendFile } from 'node:fs'`],
    ['register.ts', `import { x } from './start/start.ts'; import { isMainThread } from 'node:worker_threads'`],
    ['start/process-end.ts', `process.once('SIGTERM', () => undefined)`],
    ['start/environment.ts', `const text = process.env['X']`],
    ['optional-packages-commonjs.ts', `import { createRequire } from 'node:module'`],
    ['index.ts', `export { A } from './exporters/a.ts'; export type { B } from './options.ts'`],
    ['opencensus/index.ts', `export { A } from './a.ts'`],
  ];
  for (const [file, text] of allowed) {
    it(`lets ${file} hold: ${text}`, async () => {
      expect(tableViolations(file, await readSource(text))).to.deep.equal([]);
    });
  }

  const refused: [string, string, string][] = [
    ['envelope/item.ts', `import type { A } from '@opentelemetry/api'`, 'must not import @opentelemetry/api'],
    ['envelope/item.ts', `import { a } from '../mapping/a.ts'`, 'envelope must not import mapping'],
    ['mapping/span.ts', `import { hostname } from 'node:os'`, 'must not import node:os'],
    ['mapping/span.ts', `import type { Buffer } from 'node:buffer'`, 'must not import node:buffer'],
    ['mapping/span.ts', `import { diag } from '@opentelemetry/api'`, 'must not take diag from @opentelemetry/api'],
    ['mapping/span.ts', `import * as api from '@opentelemetry/api'`, 'must not take * from @opentelemetry/api'],
    ['mapping/span.ts', `import type { A } from '../delivery/a.ts'`, 'mapping must not import delivery'],
    [
      'mapping/span.ts',
      `import { A } from '@opentelemetry/sdk-trace-base'`,
      'must not import @opentelemetry/sdk-trace-base',
    ],
    ['mapping/span.ts', 'const a = process.pid', 'must not use process.pid'],
    ['mapping/span.ts', 'const { pid } = process', 'must not use process'],
    ['mapping/span.ts', 'const a = globalThis.process.pid', 'must not use globalThis.process'],
    ['mapping/span.ts', 'const a = Date.now()', 'must not use Date.now'],
    ['mapping/span.ts', 'const a = new Date()', 'must not use new Date()'],
    ['mapping/span.ts', 'const a = Math.random()', 'must not use Math.random'],
    ['mapping/span.ts', 'const a = performance.now()', 'must not use performance.now'],
    ['mapping/span.ts', 'const a = crypto.randomUUID()', 'must not use crypto.randomUUID'],
    ['mapping/span.ts', 'setTimeout(() => undefined, 1)', 'must not use setTimeout'],
    ['delivery/sender.ts', `import got from 'got'`, 'must load got by import(), when it is needed'],
    ['delivery/sender.ts', `import { a } from '../envelope/a.ts'`, 'delivery must not import envelope'],
    ['delivery/sender.ts', `import { a } from '../exporters/a.ts'`, 'delivery must not import exporters'],
    ['delivery/sender.ts', `import os from 'node:os'`, 'must not import node:os'],
    ['delivery/sender.ts', `import { env } from 'node:process'`, 'must not import node:process'],
    ['delivery/sender.ts', `const a = process.env['X']`, 'must not use process.env'],
    ['delivery/sender.ts', `process.on('SIGTERM', () => undefined)`, `must not use process.on('SIGTERM')`],
    ['delivery/sender.ts', `import { trace } from '@opentelemetry/api'`, 'must not take trace from @opentelemetry/api'],
    ['optional-packages.ts', `import { readFileSync } from 'node:fs'`, 'must not import node:fs'],
    ['exporters/a.ts', `import { setTimeout } from 'node:timers'`, 'must not import node:timers'],
    ['exporters/a.ts', 'const a = process.env', 'must not use process.env'],
    ['exporters/a.ts', `import { a } from '../index.ts'`, 'exporters must not import index'],
    ['options.ts', `import { a } from './exporters/a.ts'`, 'options must not import exporters'],
    ['connection-string.ts', `import { hostname } from 'node:os'`, 'must not import node:os'],
    ['register.ts', `const a = process.env['X']`, 'must not use process.env'],
    ['start/start.ts', `const a = process.env['X']`, 'must not use process.env'],
    ['register.ts', `import { a } from './exporters/a.ts'`, 'register must not import exporters'],
    ['opencensus/trace.ts', `import { a } from '../exporters/a.ts'`, 'opencensus must not import exporters'],
    ['opencensus/trace.ts', `import { get } from 'node:http'`, 'must not import node:http'],
    ['loggers/pino.ts', `import { a } from '../delivery/a.ts'`, 'loggers must not import delivery'],
    ['exporters/a.ts', `import { a } from 'azure-monitor-local'`, 'must not import azure-monitor-local'],
    [
      'exporters/a.ts',
      `import { a } from '../../local/src/a.ts'`,
      'imports ../../local/src/a.ts, which is outside src',
    ],
    ['exporters/a.ts', 'const load = (m: string) => import(m)', 'must not import <computed>'],
    ['exporters/a.ts', `console.log('a')`, `must not use console.log('a')`],
    ['exporters/all.ts', `export { a } from './a.ts'`, 'is a barrel: only index.ts passes on what others export'],
    ['index.ts', 'export const a = 1', 'index.ts holds more than re-exports'],
    ['mapping/index.ts', `export { a } from './a.ts'`, 'is a barrel: only index.ts passes on what others export'],
    ['index.ts', `export * from './exporters/a.ts'`, 'passes on names that it does not show: name them'],
    ['server/a.ts', 'export const a = 1', 'no row of the import table is for "server"'],
  ];
  for (const [file, text, reason] of refused) {
    it(`refuses in ${file}: ${text}`, async () => {
      expect(tableViolations(file, await readSource(text))).to.deep.equal([`${file}: ${reason}`]);
    });
  }

  const misplaced: [string, string][] = [
    ['mapping/http/url.ts', 'stands in a folder inside a folder'],
    ['mapping/utils.ts', '"utils" says nothing about what is inside'],
    ['common/tags.ts', '"common" says nothing about what is inside'],
    ['types.ts', '"types" says nothing about what is inside'],
    ['exporters/TraceExporter.ts', '"TraceExporter" is not in kebab-case'],
  ];
  for (const [file, reason] of misplaced) {
    it(`refuses the place or name of ${file}`, () => {
      expect(placeViolations(file)).to.deep.equal([`${file}: ${reason}`]);
    });
  }
});

describe('the search for import cycles', () => {
  it('finds a cycle of two files in one folder', async () => {
    const files = await read({ 'a/x.ts': `import { y } from './y.ts'`, 'a/y.ts': `import { x } from './x.ts'` });
    expect(findCycles(files)).to.deep.equal(['a/x.ts → a/y.ts → a/x.ts']);
  });

  it('finds a cycle of types, of re-exports and of dynamic imports across folders', async () => {
    const files = await read({
      'a.ts': `import type { B } from './b/b.ts'`,
      'b/b.ts': `export { c } from '../c.ts'`,
      'c.ts': `const load = () => import('./a.ts')`,
    });
    expect(findCycles(files)).to.deep.equal(['a.ts → b/b.ts → c.ts → a.ts']);
  });

  it('finds a cycle that does not pass through the first file', async () => {
    const files = await read({
      'a.ts': `import './b.ts'`,
      'b.ts': `import './c.ts'`,
      'c.ts': `import './b.ts'`,
    });
    expect(findCycles(files)).to.deep.equal(['b.ts → c.ts → b.ts']);
  });

  it('lets two files import the same third', async () => {
    const files = await read({ 'a.ts': `import './b.ts'; import './c.ts'`, 'b.ts': `import './c.ts'`, 'c.ts': '' });
    expect(findCycles(files)).to.deep.equal([]);
  });
});

async function read(sources: Record<string, string>): Promise<Map<string, SourceReading>> {
  const readings = Object.entries(sources).map(async ([file, text]) => [file, await readSource(text)] as const);
  return new Map(await Promise.all(readings));
}

async function readAll(folder: string, files: readonly string[]): Promise<Map<string, SourceReading>> {
  return new Map(await Promise.all(files.map(async file => [file, await readOne(folder, file)] as const)));
}

function readOne(folder: string, file: string): Promise<SourceReading> {
  return readSource(readFileSync(path.join(ROOT, folder, file), 'utf8'));
}
