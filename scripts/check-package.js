/*
 * Installs both packages from their tarballs in a temporary folder, as a user would, and there runs what users meet first:
 * the declarations, the code blocks of the documentation, all signals through a NodeSDK, the samples. Wants a build.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const MODULES = path.join(ROOT, 'node_modules');
const TESTS = ['test/declarations.test.ts', 'test/documentation.test.ts', 'test/opentelemetry-lines.test.ts'];

/** Tools that check this project, which a user's project does without. */
const OWN_TOOLS = /^(@arethetypeswrong|oxlint|prettier$|publint$|c8$|ajv$|fast-check$|azure-monitor-local$)/;

const SAMPLES_CONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['samples'],
};

const folder = mkdtempSync(path.join(tmpdir(), 'azure-monitor-packed-'));
try {
  installTarballs();
  console.log('\nThe tests that look at it as a user does:');
  node([path.join(MODULES, 'mocha/bin/mocha.js'), ...TESTS], ROOT);
  console.log('\nThe samples, compiled and run:');
  cpSync(path.join(ROOT, 'samples'), path.join(folder, 'samples'), { recursive: true });
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(SAMPLES_CONFIG));
  node([path.join(MODULES, 'typescript/bin/tsc'), '-p', 'tsconfig.json'], folder);
  node(['--import', 'tsx', 'samples/shop/start.ts'], folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function installTarballs() {
  const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const others = Object.entries(devDependencies).filter(([name]) => !OWN_TOOLS.test(name));
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  const tarballs = ['.', './local'].map(pack);
  npm(['install', ...tarballs, ...others.map(([name, version]) => `${name}@${version}`)], folder);
}

function pack(packageFolder) {
  const [packed] = JSON.parse(npm(['pack', packageFolder, '--json', '--pack-destination', folder], ROOT));
  console.log(`${packed.filename}: ${packed.entryCount} files, ${packed.size} bytes, ${packed.unpackedSize} unpacked`);
  return path.join(folder, packed.filename);
}

function node(args, cwd) {
  // Tests that make a project make it in here, where the tarballs are installed.
  const env = { ...process.env, AZURE_MONITOR_PACKED: folder };
  // Through a pipe, so that a sample does not take this for a terminal to stay open in.
  const output = execFileSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(output);
}

function npm(args, cwd) {
  const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' };
  return execFileSync('npm', args, options);
}
