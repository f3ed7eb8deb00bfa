import type * as api from '@opentelemetry/api';
import { findOptionalPackage, loadOptionalPackage } from '../optional-packages.ts';

/*
 * The packages of OpenTelemetry's SDK, as much of them as is used here: structural types, since the 2.x and 3.x lines
 * cannot share one npm tree.
 */

/** Something that holds telemetry back for a while, or does not. */
export interface Flushable {
  forceFlush?(): Promise<void>;
}

/** An SDK that runs, or a part of one. */
export interface StartedSdk {
  shutdown(): Promise<void>;
}

type Class<Made extends object = object> = new (options?: object) => Made;

/** `@opentelemetry/sdk-trace`. */
export interface TracePackage {
  readonly TracerProvider: Class<api.TracerProvider & StartedSdk>;
  readonly BatchSpanProcessor: Class;
  readonly SimpleSpanProcessor: Class;
  readonly ConsoleSpanExporter: Class;
  readonly AlwaysOnSampler: Class;
  readonly AlwaysOffSampler: Class;
  readonly TraceIdRatioBasedSampler: new (ratio: number) => object;
  readonly ParentBasedSampler: Class;
}

/** `@opentelemetry/sdk-metrics`. */
export interface MetricsPackage {
  readonly MeterProvider: Class<api.MeterProvider & StartedSdk>;
  readonly PeriodicExportingMetricReader: Class;
  readonly ConsoleMetricExporter: Class;
}

/** `@opentelemetry/sdk-logs`. */
export interface LogsPackage {
  readonly LoggerProvider: Class<StartedSdk>;
  readonly BatchLogRecordProcessor: Class;
  readonly SimpleLogRecordProcessor: Class;
  readonly ConsoleLogRecordExporter: Class;
}

/** `@opentelemetry/api-logs`, and `@opentelemetry/api` from 1.10 on. */
export interface LogsApi {
  readonly logs: { setGlobalLoggerProvider(provider: object): unknown };
}

/** `@opentelemetry/context-async-hooks`. */
export interface ContextPackage {
  readonly AsyncLocalStorageContextManager: Class<api.ContextManager>;
}

/** `@opentelemetry/core`. */
export interface CorePackage {
  readonly CompositePropagator: Class<api.TextMapPropagator>;
  readonly W3CTraceContextPropagator: Class<api.TextMapPropagator>;
  readonly W3CBaggagePropagator: Class<api.TextMapPropagator>;
}

interface Resource {
  merge(other: Resource): Resource;
}

/** `@opentelemetry/resources`. */
export interface ResourcesPackage {
  readonly envDetector: object;
  readonly processDetector: object;
  readonly hostDetector: object;
  defaultResource(): Resource;
  detectResources(options: { detectors: readonly object[] }): Resource;
  resourceFromAttributes(attributes: Readonly<Record<string, string>>): Resource;
}

/** `@opentelemetry/sdk-node`. */
export interface NodePackage {
  readonly NodeSDK: Class<{ start(): void; shutdown(): Promise<void> }>;
}

const NODE_SDK = '@opentelemetry/sdk-node';

/** What the packages for each signal bring along, and by which of them. */
const OWNERS: Readonly<Record<string, string>> = {
  '@opentelemetry/resources': '@opentelemetry/sdk-trace',
  '@opentelemetry/core': '@opentelemetry/sdk-trace',
  '@opentelemetry/api-logs': '@opentelemetry/sdk-logs',
};

/** Whether the package that has all of the SDK, and reads OpenTelemetry's whole environment, is installed. */
export function hasNodeSdk(): boolean {
  return findOptionalPackage(NODE_SDK) !== undefined;
}

/**
 * Loads a package of the SDK: the copy that `@opentelemetry/sdk-node` has, when that is installed.
 *
 * @throws Error with the command that installs it, when it is not there.
 */
export function loadSdkPackage(name: string): unknown {
  const owner = hasNodeSdk() ? NODE_SDK : OWNERS[name];
  const dependencyOf = owner === name ? undefined : owner;
  // Before 0.223 it had its parts by other names.
  if (dependencyOf === NODE_SDK && findOptionalPackage(name, { dependencyOf }) === undefined)
    throw new Error(`${NODE_SDK} has no ${name}. Install a newer one: npm install ${NODE_SDK}`);
  return loadOptionalPackage(name, { neededBy: 'startAzureMonitor', dependencyOf });
}
