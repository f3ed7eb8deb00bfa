import { bridgeLegacyLogs } from '../logs-bridge.ts';
import { registeredLoggerProvider } from '../logs/registration.ts';

let isBridged = false;

/**
 * Whether what a logger writes is sent by OpenTelemetry's instrumentation of it already, which has put a stream of its
 * own beside ours: to the provider that is registered. While there is none it reaches nobody.
 *
 * The instrumentation may use the other Logs API than the provider does, so the two are bridged from then on.
 */
export function isSentByInstrumentation(streams: readonly unknown[], itsStream: string): boolean {
  if (!streams.some(stream => (stream as object | undefined)?.constructor.name === itsStream)) return false;
  if (!isBridged) bridgeLegacyLogs();
  isBridged = true;
  return registeredLoggerProvider() !== undefined;
}
