import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { INSTALL_MILLIS, makeBundlerProject, type BundlerProject } from './bundler-project.ts';

/** By line, the package that holds the compiler; 7 is the project's own. */
const COMPILERS: readonly [string, string][] = [
  ['5.9', 'typescript-5/bin/tsc'],
  ['6.0', 'typescript-6/bin/tsc'],
  ['7.0', 'typescript-7/bin/tsc'],
];

const RESOLUTIONS: readonly [string, object, readonly string[]][] = [
  ['nodenext', { module: 'nodenext' }, ['consumer.mts', 'consumer.cts']],
  ['node16', { module: 'node16' }, ['consumer.mts', 'consumer.cts']],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler' }, ['consumer.ts']],
];

const STRICT = { strict: true, skipLibCheck: false, noEmit: true, target: 'es2022' };

/** OpenTelemetry's API wants a console: that of Node.js, or a browser's. */
const STRICTNESSES: readonly [string, { readonly types: readonly string[]; readonly [option: string]: unknown }][] = [
  [
    '@types/node and exactOptionalPropertyTypes',
    { types: ['node'], lib: ['es2022'], exactOptionalPropertyTypes: true },
  ],
  ['neither of them', { types: [], lib: ['es2022', 'dom'] }],
];

/** A transport of winston is a stream of Node.js, and winston's own declarations want @types/node too. */
const WANT_NODE = ['./winston'];

describe('an application in TypeScript', function () {
  this.timeout(INSTALL_MILLIS);

  let project: BundlerProject;
  before(async () => {
    project = await makeBundlerProject();
  });
  after(() => project.remove());

  for (const [resolution, options, files] of RESOLUTIONS) {
    for (const [strictness, more] of STRICTNESSES) {
      it(`compiles under ${resolution} with ${strictness}`, async () => {
        const compilerOptions = { ...STRICT, ...options, ...more };
        const consumer = await consumerOf(project.folder, compilerOptions.types.length > 0);
        for (const file of files) await writeFile(path.join(project.folder, file), consumer);
        await writeFile(path.join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
        const compiled = COMPILERS.map(async ([version, tool]) => {
          const { code, stdout } = await project.runTool(tool, ['-p', 'tsconfig.json']);
          return [version, { code, stdout }];
        });
        const ended = { code: 0, stdout: '' };
        expect(await Promise.all(compiled)).to.deep.equal(COMPILERS.map(([version]) => [version, ended]));
      });
    }
  }
});

/** What users write with exporters and OpenTelemetry's own interfaces, and an import of every entry point. */
async function consumerOf(folder: string, hasNode: boolean): Promise<string> {
  const manifest = await readFile(path.join(folder, 'node_modules/azure-monitor-bridge/package.json'), 'utf8');
  const { exports } = JSON.parse(manifest) as { exports: Record<string, unknown> };
  const entries = Object.keys(exports).filter(
    name => !name.endsWith('.json') && (hasNode || !WANT_NODE.includes(name)),
  );
  const imports = entries.map(
    (name, index) => `export * as entry${index} from '${name.replace('.', 'azure-monitor-bridge')}';`,
  );
  return [await readFile(path.join(folder, 'exporters.ts.txt'), 'utf8'), ...imports].join('\n');
}
