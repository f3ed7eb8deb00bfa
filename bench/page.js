/*
 * Puts the measured tables into docs/performance.md, between two marks; what stands around them is written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const PAGE = path.join(import.meta.dirname, '../docs/performance.md');

/** Replaces what was measured before. `compared` and `alone` are tables in Markdown. */
export async function writePage(compared, alone, { machine, comparedOn, aloneOn }) {
  const measured = [
    `Measured on ${today()}: ${machine}, Node.js ${comparedOn}. Medians of the rounds, the lowest and the highest in brackets.`,
    ...compared,
    `### This package alone on Node.js ${aloneOn}`,
    ...alone,
  ].join('\n\n');
  await replace('bench', measured);
}

/** Replaces the table of outages. */
export async function writeFaults(table, { faultSeconds, spansPerSecond }) {
  const rates = `${spansPerSecond} spans a second, each fault ${faultSeconds} s long`;
  await replace('bench:faults', `Measured on ${today()}: ${rates}.\n\n${table}`);
}

/** Replaces the table of the long outage. */
export async function writeOutage(table) {
  await replace('bench:outage', `Measured on ${today()}: Node.js ${process.versions.node}.\n\n${table}`);
}

/** Replaces the table of the large backlog. */
export async function writeBacklog(table) {
  await replace('bench:backlog', `Measured on ${today()}: Node.js ${process.versions.node}.\n\n${table}`);
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

async function replace(script, measured) {
  const [begin, end] = ['begin', 'end'].map(mark => `<!-- measured by npm run ${script}: ${mark} -->`);
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`docs/performance.md: the marks of ${script} are missing`);
  const text = `${page.slice(0, before)}${begin}\n\n${measured}\n\n${page.slice(after)}`;
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
}
