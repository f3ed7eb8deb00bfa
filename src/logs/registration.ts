import type { LoggerProvider } from './logs-api.ts';

/** Where one of the two Logs APIs keeps the logger provider that a program has registered. */
export interface Registration {
  /** The object that holds it; `undefined` while there is none. */
  readonly holder: () => object | undefined;
  readonly key: PropertyKey;
  /** What stands there for a provider, and back. */
  readonly toProvider: (value: unknown) => LoggerProvider | undefined;
  readonly fromProvider: (provider: LoggerProvider) => unknown;
}

/** A getter in the place of a registration, which knows what a program has registered there. */
export interface RegistrationGetter {
  (): unknown;
  registered?: unknown;
}

interface Found {
  readonly value?: unknown;
  readonly get?: RegistrationGetter;
}

type LegacyLookup = (version: number) => LoggerProvider | undefined;

/** The key of the object in which `@opentelemetry/api` 1.x keeps all that is registered. */
export const API_GLOBAL: unique symbol = Symbol.for('opentelemetry.js.api.1');
/** The key of the function by which all versions of `@opentelemetry/api-logs` find the provider. */
export const LEGACY_GLOBAL: unique symbol = Symbol.for('io.opentelemetry.js.api.logs');

/** The version of the interface that `@opentelemetry/api-logs` asks for; another gets a provider that does nothing. */
const LEGACY_INTERFACE_VERSION = 1;

/** The Logs API of `@opentelemetry/api` 1.10 and later, which the 3.x line of the SDK uses. */
export const CURRENT: Registration = {
  holder: () => (globalThis as { [API_GLOBAL]?: object })[API_GLOBAL],
  key: 'logs',
  toProvider: value => value as LoggerProvider | undefined,
  fromProvider: provider => provider,
};

/** The Logs API of `@opentelemetry/api-logs`, which the 2.x line of the SDK uses. */
export const LEGACY: Registration = {
  holder: () => globalThis,
  key: LEGACY_GLOBAL,
  toProvider: value => (typeof value === 'function' ? (value as LegacyLookup)(LEGACY_INTERFACE_VERSION) : undefined),
  fromProvider: provider => () => provider,
};

/** The provider that a program has registered for logs, with either API; `undefined` while there is none. */
export function registeredLoggerProvider(): LoggerProvider | undefined {
  return registeredIn(CURRENT) ?? registeredIn(LEGACY);
}

/** The provider that a program has registered in this place, whatever the place shows to others. */
export function registeredIn(registration: Registration): LoggerProvider | undefined {
  return registration.toProvider(registeredValue(registration));
}

/** {@link registeredIn}, in the form in which it is kept there. */
export function registeredValue({ holder, key }: Registration): unknown {
  const place = holder();
  const found: Found | undefined = place === undefined ? undefined : Object.getOwnPropertyDescriptor(place, key);
  const getter = found?.get;
  if (getter === undefined) return found?.value;
  return 'registered' in getter ? getter.registered : getter.call(place);
}
