import { resourceMetric } from '../mapping/resource-metric.ts';
import type { TelemetrySource } from './telemetry-source.ts';

/** The instrumentation keys whose resource this process has shown, for the ESM and the CommonJS copy together. */
const SHOWN = Symbol.for('azure-monitor-bridge.resource-row.v1');

type Global = typeof globalThis & { [SHOWN]?: Set<string> };

/** The same source, with the row that shows the resource (`_OTELRESOURCE_`) before the first one of this process. */
export function withResourceRow<Batch, Entry>(source: TelemetrySource<Batch, Entry>): TelemetrySource<Batch, Entry> {
  return {
    ...source,
    toRows(entry, context) {
      const rows = source.toRows(entry, context);
      const shown = ((globalThis as Global)[SHOWN] ??= new Set());
      if (shown.has(context.instrumentationKey)) return rows;
      const row = resourceMetric(source.resourceOf(entry), context);
      shown.add(context.instrumentationKey);
      return [row, ...rows];
    },
  };
}
