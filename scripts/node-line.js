/*
 * Prints the path of a Node.js binary of the line given, `node scripts/node-line.js 22.12`, and fetches it from npm when
 * it is not there yet. It stays in .node-matrix/, out of sight of the project's own packages; delete that folder to get
 * the newest of each line again.
 *
 * The packages `node-<platform>-<arch>` hold one plain binary and run no install script.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LINES = path.resolve(fileURLToPath(import.meta.url), '../../.node-matrix');
const PLATFORM = process.platform === 'win32' ? 'win' : process.platform;
const PACKAGE = `node-${PLATFORM}-${process.arch}`;
const BINARY = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';

const line = process.argv[2];
if (line === undefined || !/^\d+(\.\d+){0,2}$/.test(line)) {
  console.error('node-line: expected a line of Node.js, as in "node scripts/node-line.js 22.12"');
  process.exit(2);
}
const folder = path.join(LINES, line);
const binary = path.join(folder, 'node_modules', PACKAGE, BINARY);
if (!existsSync(binary)) fetchInto(folder);
console.log(binary);

function fetchInto(target) {
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'package.json'), '{"private":true}\n');
  // What npm says goes to stderr: stdout is the path alone.
  execFileSync('npm', ['install', '--no-save', '--prefix', target, `${PACKAGE}@${line}`], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}
