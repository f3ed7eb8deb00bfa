/*
 * Installs both packages from their tarballs in a temporary folder, as a user would, and there runs what users meet first:
 * the declarations, the code blocks of the documentation, all signals through a NodeSDK, the samples. Wants a build.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const MODULES = path.join(ROOT, 'node_modules');
const TESTS = [
  'test/declarations.test.ts',
  'test/documentation.test.ts',
  'test/opentelemetry-lines.test.ts',
  'test/start/zero-code.test.ts',
];

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
  await node([path.join(MODULES, 'mocha/bin/mocha.js'), ...TESTS], { cwd: ROOT });
  console.log('\nThe samples, compiled and run:');
  await checkSamples();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function checkSamples() {
  const samples = path.join(folder, 'samples');
  cpSync(path.join(ROOT, 'samples'), samples, { recursive: true });
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(SAMPLES_CONFIG));
  await node([path.join(MODULES, 'typescript/bin/tsc'), '-p', 'tsconfig.json']);

  const entry = path.join(folder, 'node_modules/azure-monitor-local/dist/esm/index.js');
  const { startLocalMonitor } = await import(pathToFileURL(entry).href);
  const monitor = await startLocalMonitor();
  try {
    for (const sample of readdirSync(samples).filter(name => endsWithItsInput(path.join(samples, name)))) {
      console.log(`\n${sample}`);
      const env = { APPLICATIONINSIGHTS_CONNECTION_STRING: monitor.connectionString };
      await node(['--import', 'tsx', `samples/${sample}`], { env, input: 'one\ntwo\n' });
    }
    monitor.assertClean();
  } finally {
    await monitor.close();
  }
  await node(['--import', 'tsx', 'samples/shop/start.ts']);
}

/** The programs that prompt. Those that listen are run by the tests of real traffic, which also end them. */
function endsWithItsInput(file) {
  return file.endsWith('.ts') && readFileSync(file, 'utf8').includes("from './input.ts'");
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

/** Runs Node.js to its end, and throws unless that was a good one. */
async function node(args, { cwd = folder, env = {}, input = '' } = {}) {
  // Tests that make a project make it in here, where the tarballs are installed.
  const environment = { ...process.env, AZURE_MONITOR_PACKED: folder, XDG_STATE_HOME: folder, ...env };
  // stdout is a pipe, so that a sample does not take this for a terminal to stay open in.
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.pipe(process.stdout, { end: false });
  child.stdin.end(input);
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`);
}

function npm(args, cwd) {
  const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' };
  return execFileSync('npm', args, options);
}
