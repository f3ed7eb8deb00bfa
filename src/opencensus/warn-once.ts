import { diag } from '@opentelemetry/api';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });
const warned = new WeakMap<object, Set<string>>();

/** Warns of what may happen again and again, such as at each record: once for each thing that causes it. */
export function warnOnce(cause: object, message: string, ...details: unknown[]): void {
  const messages = warned.get(cause) ?? new Set();
  if (messages.has(message)) return;
  warned.set(cause, messages.add(message));
  log.warn(message, ...details);
}
