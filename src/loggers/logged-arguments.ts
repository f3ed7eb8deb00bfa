import { format } from 'node:util';
import { isErrorLike, toErrorAttributes } from '../logs/error-attributes.ts';
import type { EmittedRecord } from '../logs/logs-api.ts';
import { toPlainAttributes } from '../logs/plain-value.ts';

/** What `util.format` replaces by an argument. https://nodejs.org/api/util.html#utilformatformat-args */
const DIRECTIVE = /%[sdifjoOc]/g;

/**
 * Reads the arguments of a call such as `console.warn('stock of %s is low', name, { sku: 42 })`.
 *
 * The body is their text as Node.js formats it, but for objects behind it, whose members become attributes, and for the
 * first error, which becomes an exception; a call with nothing else has their text.
 */
export function readLoggedArguments(args: readonly unknown[]): Required<Pick<EmittedRecord, 'body' | 'attributes'>> {
  const [formatted, others] = parted(args);
  const error = others.find(isErrorLike);
  const objects = others.filter(isPlainObject);
  const said = [...formatted, ...others.filter(other => other !== error && !isPlainObject(other))];
  const members = objects.flatMap(object => Object.entries(toPlainAttributes(object)));
  return {
    body: said.length > 0 ? format(...said) : textOfAll(args, error),
    attributes: { ...Object.fromEntries(members), ...(error !== undefined && toErrorAttributes(error)) },
  };
}

/** An error speaks for itself. */
function textOfAll(args: readonly unknown[], error: unknown): string | undefined {
  return error === undefined ? format(...args) : undefined;
}

/** The first text with the arguments that its directives take, and the arguments behind them. */
function parted(args: readonly unknown[]): [formatted: readonly unknown[], others: readonly unknown[]] {
  const [first] = args;
  if (typeof first !== 'string') return [[], args];
  const count = 1 + (first.replaceAll('%%', '').match(DIRECTIVE)?.length ?? 0);
  return [args.slice(0, count), args.slice(count)];
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || isErrorLike(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
