import type { Flushable } from './sdk-packages.ts';

/** Where `@opentelemetry/api`, in all its versions 1.x, keeps what an SDK has registered. */
const API = Symbol.for('opentelemetry.js.api.1');
/** And `@opentelemetry/api-logs`, which had the Logs API before version 1.10 of that. */
const LOGS_API = Symbol.for('io.opentelemetry.js.api.logs');

/** What an SDK leaves in `globalThis`. */
interface Globals {
  readonly [API]?: {
    /** Stands before the provider that was registered. */
    readonly trace?: { getDelegate(): Flushable };
    readonly metrics?: Flushable;
    readonly logs?: Flushable;
  };
  /** Takes the version of the interface that is asked for. */
  readonly [LOGS_API]?: (version: number) => Flushable;
}

/** Whether an SDK has been started in this process: its providers can be flushed, those that stand for none cannot. */
export function isSdkRegistered(): boolean {
  return registeredProviders().some(provider => provider.forceFlush !== undefined);
}

/** What SDKs have registered for all three signals. */
export function registeredProviders(): Flushable[] {
  const { [API]: api, [LOGS_API]: legacyLogs } = globalThis as Globals;
  const providers = [api?.trace?.getDelegate(), api?.metrics, api?.logs, legacyLogs?.(1)];
  return providers.filter(provider => provider !== undefined);
}
