import { paint } from './paint.ts';

/** Lines in columns under a heading: the first column is text, numbers stand right. */
export function grid(heading: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...lines.map(line => String(line[column]).length)),
  );
  const isText = heading.map((_, column) => lines.some(line => Number.isNaN(Number(line[column]))));
  const row = (cells: readonly (string | number)[]): string =>
    cells
      .map(String)
      .map((cell, column) => (isText[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
      .trimEnd();
  return [paint('dim', row(heading)), ...lines.map(row)].map(line => `  ${line}`).join('\n');
}

/** The text, its end replaced by an ellipsis where it is longer than `width`. */
export function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
