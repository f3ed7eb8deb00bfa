import type { AzureMonitorExporterOptions } from '../index.ts';
import { toConnectionString } from './azure-connection-string.ts';
import { warnOnce } from './warn-once.ts';

/** What the exporters of OpenCensus for Azure Monitor share, beside the options of this library's own exporters. */
export interface AzureOptions extends AzureMonitorExporterOptions {
  /**
   * The instrumentation key alone, in place of a connection string. Sends to the endpoint that the connection string of
   * the environment names, or else to the global one.
   *
   * @defaultValue the environment variable `APPINSIGHTS_INSTRUMENTATIONKEY`, where there is no connection string
   * @deprecated Use `connectionString`.
   */
  instrumentationKey?: string | undefined;
  /**
   * Whether telemetry that cannot be sent may wait on the disk.
   *
   * @defaultValue true
   */
  enableLocalStorage?: boolean | undefined;
  /** Where it waits. The same as `storageDirectory`. */
  storagePath?: string | undefined;
  /** How much waits there at most, in bytes. The same as `storageMaxBytes`. */
  storageMaxSize?: number | undefined;
  /**
   * How often telemetry is sent, in seconds.
   *
   * @defaultValue 15
   */
  exportInterval?: number | undefined;
  /**
   * How long the end of the program waits at most for the last telemetry to be sent, in seconds.
   *
   * @defaultValue 5
   */
  gracePeriod?: number | undefined;
}

/** The same options by their names in Python: `export_interval` for `exportInterval`. */
export type SnakeCased<Options> = { [Name in keyof Options as ToSnakeCase<Name & string>]?: Options[Name] };

type ToSnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${ToSnakeCase<Rest>}`
  : Text;

/** Options by either name. */
export type EitherCase<Options> = Options & SnakeCased<Options>;

/** What of the options is this facade's own, and what goes to the exporter behind it. */
export interface AzureSettings {
  readonly exportIntervalMillis: number;
  readonly graceMillis: number;
  readonly exporterOptions: AzureMonitorExporterOptions;
}

const DEFAULT_EXPORT_INTERVAL_SECONDS = 15;
const DEFAULT_GRACE_PERIOD_SECONDS = 5;
/** Node.js takes a longer timer for one of 1 ms. <https://nodejs.org/api/timers.html#settimeoutcallback-delay-args> */
const MAX_TIMER_SECONDS = 0x7f_ff_ff_ff / 1000;

/** Options of OpenCensus that have nothing to act on here, and what to do instead. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  endpoint: 'The endpoint is part of connectionString.',
  minimumRetryInterval: 'The service says when to try again.',
  proxies: 'Set HTTPS_PROXY in the environment, or pass an agent that knows the proxy.',
  storageMaintenancePeriod: 'The storage is looked after whenever it is used.',
  storageRetentionPeriod: 'What could not be sent is kept for two days.',
  timeout: 'The time that a request may take is fixed.',
};

/** Gives options their camelCase names. Of an option given by both names the camelCase one is taken. */
export function toCamelCased<Options extends object>(options: EitherCase<Options>): Options {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const renamed = given.map(([name, value]) => [
    name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries([...renamed, ...given.filter(([name]) => !name.includes('_'))]) as Options;
}

/**
 * Turns options by their camelCase names into settings. Warns of those that have no effect, once in a process.
 *
 * @throws RangeError for a number of seconds that no timer can wait.
 */
export function toAzureSettings(options: AzureOptions): AzureSettings {
  const {
    instrumentationKey,
    enableLocalStorage,
    storagePath,
    storageMaxSize,
    exportInterval,
    gracePeriod,
    ...others
  } = options;
  warnOfThoseWithoutEffect(options);
  const connectionString = toConnectionString(options);
  return {
    exportIntervalMillis: toMillis('exportInterval', exportInterval ?? DEFAULT_EXPORT_INTERVAL_SECONDS),
    graceMillis: toMillis('gracePeriod', gracePeriod ?? DEFAULT_GRACE_PERIOD_SECONDS),
    exporterOptions: {
      ...others,
      ...(connectionString !== undefined && { connectionString }),
      storageDirectory: options.storageDirectory ?? storagePath,
      storageMaxBytes: options.storageMaxBytes ?? storageMaxSize,
      disableOfflineStorage: options.disableOfflineStorage ?? (enableLocalStorage === false || undefined),
    },
  };
}

function warnOfThoseWithoutEffect(options: AzureOptions & { enableStandardMetrics?: boolean }): void {
  for (const [name, advice] of Object.entries(WITHOUT_EFFECT))
    if (name in options) warnOnce(WITHOUT_EFFECT, `Option ${name} has no effect. ${advice}`);
  if (options.enableStandardMetrics === true)
    warnOnce(WITHOUT_EFFECT, 'Option enableStandardMetrics has no effect. Standard metrics are not sent.');
}

function toMillis(name: string, seconds: number): number {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= MAX_TIMER_SECONDS))
    throw new RangeError(`${name}: expected seconds above 0 and up to ${MAX_TIMER_SECONDS}, found ${String(seconds)}`);
  return seconds * 1000;
}
