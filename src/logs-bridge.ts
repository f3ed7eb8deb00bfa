import * as api from '@opentelemetry/api';
import { LateLoggerProvider } from './logs/late-logger-provider.ts';
import type { LoggerProvider, LogsApi } from './logs/logs-api.ts';
import {
  API_GLOBAL,
  CURRENT,
  LEGACY,
  LEGACY_GLOBAL,
  registeredIn,
  registeredValue,
  type Registration,
  type RegistrationGetter,
} from './logs/registration.ts';
import { loadOptionalPackage } from './optional-packages.ts';

/** How often the bridge was asked for and not taken back: one number for both copies of this library. */
interface BridgeState {
  users: number;
}

const STATE = Symbol.for('azure-monitor-bridge.logs-bridge.v1');
const state: BridgeState = ((globalThis as { [STATE]?: BridgeState })[STATE] ??= { users: 0 });

/**
 * Makes one Logs API of the two that OpenTelemetry has: `@opentelemetry/api-logs`, for which the 2.x line of the SDK
 * registers its provider, and `@opentelemetry/api` from 1.10 on, for which the 3.x line does. Without it, records that
 * come in by the one while the provider is registered for the other vanish.
 *
 * May be called before a provider is registered and after, and more than once; loggers that were asked for before are
 * bridged too. A record goes to one provider: that of its own API when there is one, else that of the other. A provider
 * that is registered second, for the other API, is refused like any second one. Loads `@opentelemetry/api-logs` when it
 * is installed. Call it again after `logs.disable()`.
 *
 * What is returned takes it back, when everybody who called this has.
 */
export function bridgeLegacyLogs(): () => void {
  state.users += 1;
  serveEarlyLoggers();
  coverBoth();
  let isUsed = true;
  return () => {
    if (!isUsed) return;
    isUsed = false;
    state.users -= 1;
    if (state.users === 0) for (const registration of [CURRENT, LEGACY]) uncover(registration);
  };
}

function coverBoth(): void {
  cover(CURRENT, LEGACY, currentProvider);
  cover(LEGACY, CURRENT, legacyProvider);
}

/** What loggers of the one API are given while only the other has a provider. */
const currentProvider = new LateLoggerProvider(() => find(CURRENT, LEGACY));
const legacyProvider = new LateLoggerProvider(() => find(LEGACY, CURRENT));

function find(own: Registration, other: Registration): LoggerProvider | undefined {
  return registeredIn(own) ?? (state.users > 0 ? registeredIn(other) : undefined);
}

/** Shows the provider of the other API to every copy of this one, until a program registers one of its own. */
function cover(registration: Registration, other: Registration, late: LateLoggerProvider): void {
  const holder = registration.holder();
  if (holder === undefined) return;
  const shown = registration.fromProvider(late);
  const get: RegistrationGetter = () => get.registered ?? (registeredIn(other) === undefined ? undefined : shown);
  get.registered = registeredValue(registration);
  const set = (provider: unknown): void => {
    get.registered = provider;
    // The object of the other API may have been made since.
    if (state.users > 0) coverBoth();
  };
  Object.defineProperty(holder, registration.key, { get, set, enumerable: true, configurable: true });
}

function uncover(registration: Registration): void {
  const holder = registration.holder();
  if (holder === undefined) return;
  const value = registeredValue(registration);
  Reflect.deleteProperty(holder, registration.key);
  if (value !== undefined) Reflect.set(holder, registration.key, value);
}

/**
 * Serves the loggers that were handed out before there was a provider. Each copy of an API keeps those to itself and
 * lets them know of a provider only when one is registered through this very copy: so ours is, for a moment in which
 * the API sees an empty world, and nothing stays registered.
 */
function serveEarlyLoggers(): void {
  for (const copy of [(api as { logs?: LogsApi }).logs, logsOf('@opentelemetry/api')])
    if (copy !== undefined) without(API_GLOBAL, () => copy.setGlobalLoggerProvider(currentProvider));
  const legacy = logsOf('@opentelemetry/api-logs');
  if (legacy !== undefined) without(LEGACY_GLOBAL, () => legacy.setGlobalLoggerProvider(legacyProvider));
}

/** The Logs API of a package, which for an API of two formats is another copy than that of an `import`. */
function logsOf(name: string): LogsApi | undefined {
  try {
    return (loadOptionalPackage(name, { neededBy: 'bridgeLegacyLogs' }) as { logs?: LogsApi }).logs;
  } catch {
    return undefined; // It is not installed here: then there are no loggers of it that could be served.
  }
}

function without(key: symbol, work: () => unknown): void {
  const held = Object.getOwnPropertyDescriptor(globalThis, key);
  Reflect.deleteProperty(globalThis, key);
  try {
    work();
  } finally {
    Reflect.deleteProperty(globalThis, key);
    if (held !== undefined) Object.defineProperty(globalThis, key, held);
  }
}
