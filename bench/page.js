/*
 * Puts the measured tables into docs/performance.md, between two marks; what stands around them is written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const PAGE = path.join(import.meta.dirname, '../docs/performance.md');
const BEGIN = '<!-- measured by npm run bench: begin -->';
const END = '<!-- measured by npm run bench: end -->';

/** Replaces what was measured before. `compared` and `alone` are tables in Markdown. */
export async function writePage(compared, alone, { machine, comparedOn, aloneOn }) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error('docs/performance.md: the marks around the tables are missing');
  const date = new Date().toISOString().slice(0, 10);
  const measured = [
    `Measured on ${date}: ${machine}, Node.js ${comparedOn}. Medians of the rounds, the lowest and the highest in brackets.`,
    ...compared,
    `## This package alone on Node.js ${aloneOn}`,
    ...alone,
  ].join('\n\n');
  const text = `${page.slice(0, before)}${BEGIN}\n\n${measured}\n\n${page.slice(after)}`;
  writeFileSync(PAGE, await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
}
