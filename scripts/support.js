import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url);
const MARKED = /(<!-- what ran, by npm run test:matrix -- --write -->\n)(?:.*\n)*?(<!-- end of what ran -->)/;

/** The lines of OpenTelemetry, with how the tests that run on them begin, and the Node.js that each declares. */
const OPENTELEMETRY = [
  { line: '2.12', beginning: 'an app with NodeSDK 0.223 on OpenTelemetry 2.12 ', from: [20, 0] },
  { line: '3.1', beginning: 'an app with NodeSDK 0.301 on OpenTelemetry 3.1 ', from: [22, 15] },
];

/** Writes into README which versions of Node.js and OpenTelemetry the tests passed on; a failed line is left out. */
export function writeSupport(runs) {
  const passed = runs.filter(run => run.outcome === 'passed');
  const table = [
    `| Node.js | ${OPENTELEMETRY.map(({ line }) => `OpenTelemetry ${line}`).join(' | ')} |`,
    `| --- | ${OPENTELEMETRY.map(() => '---').join(' | ')} |`,
    ...passed.map(({ version, titles }) => `| ${version} | ${cellsOf(version, titles).join(' | ')} |`),
  ];
  const before = readFileSync(README, 'utf8');
  if (!MARKED.test(before)) throw new Error('README.md: expected the two comments around what ran, found none');
  writeFileSync(
    README,
    before.replace(MARKED, (_, begin, end) => `${begin}\n${table.join('\n')}\n\n${end}`),
  );
}

function cellsOf(version, titles) {
  return OPENTELEMETRY.map(({ beginning, from }) => {
    if (!isAtLeast(version, from)) return 'asks for a later Node.js';
    return titles.some(title => title.startsWith(beginning)) ? 'passed' : 'did not run';
  });
}

function isAtLeast(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
