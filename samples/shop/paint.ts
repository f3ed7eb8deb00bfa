import { styleText } from 'node:util';

const hasColors = process.stdout.isTTY && process.stdout.hasColors();

/** The text in a colour where the terminal wants colours (NO_COLOR is respected), else the text alone. */
export function paint(format: Parameters<typeof styleText>[0], text: string): string {
  return hasColors ? styleText(format, text) : text;
}
