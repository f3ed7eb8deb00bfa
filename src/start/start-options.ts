import type { AzureMonitorExporterOptions, Sampler } from '../index.ts';

/** What may be said in code; the environment says the rest. The options of exporters are for all three. */
export interface StartOptions extends AzureMonitorExporterOptions {
  /**
   * The name of this application: its role on the application map.
   *
   * @defaultValue the environment variable `OTEL_SERVICE_NAME`, or `service.name` of `OTEL_RESOURCE_ATTRIBUTES`
   */
  serviceName?: string | undefined;
  /**
   * The instrumentations to use.
   *
   * @defaultValue those that are installed
   */
  instrumentations?: readonly object[] | undefined;
  /**
   * Decides which traces are recorded.
   *
   * @defaultValue what the environment variable `OTEL_TRACES_SAMPLER` names
   */
  sampler?: Sampler | undefined;
  /**
   * Whether SIGTERM and SIGINT wait for what is not sent yet. The process still ends by them.
   *
   * @defaultValue true, unless the environment variable `AZURE_MONITOR_SHUTDOWN_HANDLERS` is `0`
   */
  shutdownHandlers?: boolean | undefined;
}

/** Telemetry that was started. */
export interface AzureMonitor {
  /** Sends what is left of all signals, or stores it; never rejects. */
  flush(): Promise<void>;
  /** Flushes, and stops for good; never rejects. */
  shutdown(): Promise<void>;
}
