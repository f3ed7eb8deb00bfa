import { findOptionalPackage } from '../optional-packages.ts';
import type { Destination } from './destination.ts';
import { textIn, type Environment } from './environment.ts';
import type { Plan, Plans } from './exporter-lists.ts';
import { hasNodeSdk } from './sdk-packages.ts';

/** What was started, as far as a reader of logs wants to know it. */
export interface Started {
  readonly destination: Destination;
  readonly plans: Plans;
  readonly serviceName: string | undefined;
  readonly instrumentations: readonly object[];
  readonly environment: Environment;
}

/** More names than this are only counted. */
const MAX_NAMES = 8;

/** Says in a line what is sent where: `Sends traces, metrics and logs to https://…, with instrumentations: http, pg.` */
export function describeSending({ destination, plans, instrumentations }: Started): string {
  const signals = Object.entries(plans).flatMap(([signal, plan]) =>
    plan.kind === 'ours' && plan.azure ? [signal] : [],
  );
  if (destination.kind === 'nowhere' || signals.length === 0) return 'Sends nothing to Azure Monitor.';
  return `Sends ${joined(signals)} to ${destination.endpoint}, with instrumentations: ${listed(instrumentations)}.`;
}

/** Says what is wrong or missing, and what to do about it: a sentence or two each. */
export function findProblems({ destination, plans, serviceName, instrumentations, environment }: Started): string[] {
  const problems = Object.entries(plans).flatMap(([signal, plan]) => problemsOf(signal, plan));
  if (destination.kind === 'nowhere') problems.push(destination.reason);
  else problems.push(...destination.problems);
  if (serviceName === undefined && !isNamed(environment))
    problems.push('The application has no name: set OTEL_SERVICE_NAME.');
  if (instrumentations.length === 0)
    problems.push('No instrumentation is installed: npm install @opentelemetry/auto-instrumentations-node.');
  if (instrumentations.some(each => nameOf(each) === 'winston') && lacksWinstonTransport())
    problems.push("winston's logs are not sent: npm install @opentelemetry/winston-transport.");
  return problems;
}

function problemsOf(signal: string, plan: Plan): string[] {
  const variable = `OTEL_${signal.toUpperCase()}_EXPORTER`;
  if (plan.kind === 'ours')
    return plan.unknown.map(name => `${variable}: expected otlp or console beside azure_monitor, found ${name}.`);
  if (hasNodeSdk()) return [];
  return [`${variable}: ${plan.names.join(', ')} alone needs the whole SDK: npm install @opentelemetry/sdk-node.`];
}

function isNamed(environment: Environment): boolean {
  const attributes = textIn(environment, 'OTEL_RESOURCE_ATTRIBUTES') ?? '';
  return textIn(environment, 'OTEL_SERVICE_NAME') !== undefined || /(^|,)\s*service\.name\s*=/.test(attributes);
}

/** The instrumentation of winston sends logs through a package that it does not bring along. */
function lacksWinstonTransport(): boolean {
  return (
    findOptionalPackage('winston') !== undefined &&
    findOptionalPackage('@opentelemetry/winston-transport') === undefined
  );
}

function nameOf(instrumentation: object): string {
  const { instrumentationName = 'unnamed' } = instrumentation as { instrumentationName?: string };
  return instrumentationName.replace('@opentelemetry/instrumentation-', '');
}

function listed(instrumentations: readonly object[]): string {
  if (instrumentations.length === 0) return 'none';
  const names = instrumentations.map(nameOf);
  return names.length > MAX_NAMES ? String(names.length) : names.join(', ');
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
