/** One transaction across its processes, as Azure's end-to-end view shows it. */
import type { LocalMonitor } from 'azure-monitor-local';
import { cut } from './grid.ts';
import { paint } from './paint.ts';
import { entriesOf, type Entry } from './transaction.ts';

const LABEL_WIDTH = 40;
const BAR_WIDTH = 28;
const ROLE_COLORS = ['cyan', 'yellow', 'magenta', 'blue'] as const;

/** Draws everything that has this `operation_Id`: the tree by parent, a bar for a span, a mark for a moment. */
export function waterfall(monitor: LocalMonitor, operationId: string): string {
  const entries = entriesOf(monitor, operationId);
  const roles = [...new Set(entries.map(({ role }) => role))];
  const roleWidth = Math.max(...roles.map(role => role.length));
  const start = Math.min(...entries.map(entry => entry.start));
  const millis = Math.max(...entries.map(entry => entry.start + (entry.duration ?? 0) - start), 1);

  return treeOf(entries)
    .map(({ entry, indent }) => {
      const color = entry.failed ? 'red' : (ROLE_COLORS[roles.indexOf(entry.role) % ROLE_COLORS.length] ?? 'white');
      const label = cut(`${indent}${entry.label}`, LABEL_WIDTH).padEnd(LABEL_WIDTH);
      const bar = barOf(entry, BAR_WIDTH / millis, start);
      const duration = entry.duration === undefined ? '' : `${entry.duration.toFixed(1)} ms`;
      return `  ${label}  ${paint(color, `${entry.role.padEnd(roleWidth)}  ${bar}`)}  ${duration.padStart(9)}`.trimEnd();
    })
    .join('\n');
}

interface Line {
  readonly entry: Entry;
  readonly indent: string;
}

/** The entries from the roots down. A parent that is not among them, such as a browser's span, makes a root. */
function treeOf(entries: readonly Entry[]): Line[] {
  const ids = new Set(entries.map(({ id }) => id));
  const childrenOf = (id: string): Entry[] => entries.filter(({ parentId }) => parentId === id);
  const below = (parent: Entry, indent: string): Line[] =>
    childrenOf(parent.id).flatMap((entry, index, { length }) => {
      const isLast = index === length - 1;
      return [
        { entry, indent: `${indent}${isLast ? '└ ' : '├ '}` },
        ...below(entry, `${indent}${isLast ? '  ' : '│ '}`),
      ];
    });
  const roots = entries.filter(({ parentId }) => !ids.has(parentId));
  return roots.flatMap(entry => [{ entry, indent: '' }, ...below(entry, '')]);
}

function barOf(entry: Entry, charactersPerMilli: number, start: number): string {
  const from = Math.min(Math.floor((entry.start - start) * charactersPerMilli), BAR_WIDTH - 1);
  if (entry.duration === undefined) return `${' '.repeat(from)}◆`.padEnd(BAR_WIDTH);
  const length = Math.min(Math.max(Math.round(entry.duration * charactersPerMilli), 1), BAR_WIDTH - from);
  return `${' '.repeat(from)}${'━'.repeat(length)}`.padEnd(BAR_WIDTH);
}
