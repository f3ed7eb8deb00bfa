import { propagation, type TextMapPropagator, type TracerProvider } from '@opentelemetry/api';
import { loadOptionalPackage } from '../optional-packages.ts';
import { ensureContextManager } from './active-context.ts';
import { processWide } from './process-wide.ts';
import { TraceContextPropagator } from './trace-context-propagator.ts';

/** What libraries are traced by, in Node.js: an instrumentation of OpenTelemetry. */
interface Instrumentation {
  setTracerProvider(tracerProvider: TracerProvider): void;
}

/** Where the spans of instrumentations go. */
export interface TraceIntegrationsOptions {
  /**
   * Makes the spans: that of the application, or `exporter.tracerProvider` of an `AzureExporter`.
   *
   * @defaultValue the one that is registered with OpenTelemetry's API
   */
  tracerProvider?: TracerProvider | undefined;
  /**
   * How traces go on to the next process and come from the one before, where the application has registered no propagator
   * and `tracerProvider` is given.
   *
   * @defaultValue `new TraceContextPropagator()`
   */
  propagator?: TextMapPropagator | undefined;
}

/** What does in Node.js the work of the integrations that OpenCensus Python has under another name. */
const NAMES_IN_NODE: Readonly<Record<string, string>> = {
  django: 'express',
  flask: 'express',
  httplib: 'http',
  httpx: 'undici',
  postgresql: 'pg',
  pymongo: 'mongodb',
  pymysql: 'mysql2',
  requests: 'undici',
};

/** One of each in a process: a library that is traced twice has two spans for each call. */
const integrated = processWide('integrations/1', () => new Map<string, Instrumentation>());

/**
 * Lets OpenTelemetry's instrumentations trace libraries, and gives their names back: `http`, `undici` (`fetch`), `express`,
 * `pg`, `mysql2` and so on for `@opentelemetry/instrumentation-…`, or the whole name of a package. The spans are inside
 * those of a `Tracer`, and it is inside theirs. Call it before the libraries are loaded.
 *
 * Other than in OpenCensus, one that is missing is an error.
 *
 * @throws Error with the command that installs an instrumentation, when it is not there; then none is registered.
 */
export function traceIntegrations(
  names: readonly string[],
  { tracerProvider, propagator = new TraceContextPropagator() }: TraceIntegrationsOptions = {},
): readonly string[] {
  const classes = new Map(names.map(toPackageName).map(name => [name, findInstrumentation(name)]));
  if (tracerProvider !== undefined) ensureContext(propagator);
  for (const [name, Instrumentation] of classes) {
    const instrumentation = integrated.get(name) ?? new Instrumentation();
    integrated.set(name, instrumentation);
    if (tracerProvider !== undefined) instrumentation.setTracerProvider(tracerProvider);
  }
  return names;
}

function toPackageName(name: string): string {
  return name.includes('/') ? name : `@opentelemetry/instrumentation-${NAMES_IN_NODE[name] ?? name}`;
}

/** What is set up by an application that has registered a provider. */
function ensureContext(propagator: TextMapPropagator): void {
  ensureContextManager();
  if (propagation.fields().length === 0) propagation.setGlobalPropagator(propagator);
}

/** A package exports its instrumentation under a name that ends so. */
function findInstrumentation(packageName: string): new () => Instrumentation {
  const exported = Object.entries(loadOptionalPackage(packageName, { neededBy: 'traceIntegrations' }) as object);
  const found = exported.find(([name, value]) => name.endsWith('Instrumentation') && typeof value === 'function');
  if (found === undefined) throw new Error(`traceIntegrations: the package ${packageName} exports no instrumentation`);
  return found[1] as new () => Instrumentation;
}
