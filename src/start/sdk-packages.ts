import { findOptionalPackage, loadOptionalPackage } from '../optional-packages.ts';

/*
 * The packages of OpenTelemetry's SDK, as much of them as is used here: structural types, since the 2.x and 3.x lines
 * cannot share one npm tree.
 */

/** Something that holds telemetry back for a while, or does not. */
export interface Flushable {
  forceFlush?(): Promise<void>;
}

type Class<Made extends object = object> = new (options?: object) => Made;

/** `@opentelemetry/sdk-trace`. */
export interface TracePackage {
  readonly BatchSpanProcessor: Class;
  readonly SimpleSpanProcessor: Class;
  readonly ConsoleSpanExporter: Class;
}

/** `@opentelemetry/sdk-metrics`. */
export interface MetricsPackage {
  readonly PeriodicExportingMetricReader: Class;
  readonly ConsoleMetricExporter: Class;
}

/** `@opentelemetry/sdk-logs`. */
export interface LogsPackage {
  readonly BatchLogRecordProcessor: Class;
  readonly SimpleLogRecordProcessor: Class;
  readonly ConsoleLogRecordExporter: Class;
}

/** `@opentelemetry/sdk-node`. */
export interface NodePackage {
  readonly NodeSDK: Class<{ start(): void; shutdown(): Promise<void> }>;
}

const NODE_SDK = '@opentelemetry/sdk-node';

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
  const isNodeSdk = name === NODE_SDK;
  const dependencyOf = !isNodeSdk && hasNodeSdk() ? NODE_SDK : undefined;
  return loadOptionalPackage(name, { neededBy: 'startAzureMonitor', dependencyOf });
}
