import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { MappingContext, MappingOptions } from '../../src/mapping/context.ts';
import type { CaseInput } from './conformance-input.ts';
import { mappingContext } from './mapping-context.ts';

/** The corpus, described in its README. */
export const CORPUS: string = path.resolve(import.meta.dirname, '../../docs/conformance');

/** One case as it stands in a file of the corpus. */
export interface ConformanceCase {
  readonly title: string;
  readonly input: CaseInput;
  readonly context?: CaseContext;
  readonly expected: Envelope[];
}

/** The options of a case, in JSON. */
export type CaseContext = Partial<Omit<MappingOptions, 'successStatusCodes'>> & {
  readonly successStatusCodes?: readonly number[];
};

/** A file of the corpus: its name without `.json`, and its cases. */
export interface ConformanceFamily {
  readonly name: string;
  readonly cases: readonly ConformanceCase[];
}

/** The folders of the corpus. */
export function readSignals(): string[] {
  return readdirSync(CORPUS, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

/** Reads the families of one signal, a folder of the corpus. */
export function readFamilies(signal: string): ConformanceFamily[] {
  const folder = path.join(CORPUS, signal);
  return readdirSync(folder)
    .sort()
    .map(file => ({
      name: path.basename(file, '.json'),
      cases: JSON.parse(readFileSync(path.join(folder, file), 'utf8'), reviveValue) as ConformanceCase[],
    }));
}

/** The context in which a case is mapped. */
export function toContext({ successStatusCodes, ...options }: CaseContext = {}): MappingContext {
  return mappingContext({ ...options, ...(successStatusCodes && { successStatusCodes: new Set(successStatusCodes) }) });
}

/** Turns what JSON has no form for, written as an object of one member, into what it stands for. */
function reviveValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  const [[form, text]] = Object.entries(value) as [[string, unknown]];
  switch (form) {
    case '$bytes':
      return new Uint8Array(Buffer.from(String(text), 'base64'));
    case '$bigint':
      return BigInt(String(text));
    case '$number':
      return Number(text);
    case '$date':
      return new Date(String(text));
    case '$map':
      return new Map(text as [unknown, unknown][]);
    case '$error':
      return toError(text as ErrorParts);
    case '$repeat': {
      const [unit, times] = text as [string, number];
      return unit.repeat(times);
    }
    default:
      return value;
  }
}

interface ErrorParts extends ErrorOptions {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly errors?: readonly unknown[];
}

function toError({ name, message, stack, errors, ...options }: ErrorParts): Error {
  const error = errors === undefined ? new Error(message, options) : new AggregateError(errors, message, options);
  return Object.assign(error, { name, stack });
}
