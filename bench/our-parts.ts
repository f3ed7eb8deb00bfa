/* From telemetry to bytes as the exporters do it, without the delivery behind it. tree.js bundles it from the sources. */
import { BatchEncoder } from '../src/exporters/batch-encoder.ts';
import type { TelemetrySource } from '../src/exporters/telemetry-source.ts';
import { logToRow } from '../src/mapping/log.ts';
import { metricPoints, pointToRows, type MetricPointInput } from '../src/mapping/metric.ts';
import { Omissions } from '../src/mapping/omissions.ts';
import type { ReadableLogRecord, ReadableSpan, ResourceMetrics } from '../src/mapping/opentelemetry.ts';
import { spanToRows } from '../src/mapping/span.ts';

const CONTEXT = {
  instrumentationKey: '11111111-2222-3333-4444-555555555555',
  sdkVersion: 'azure-monitor-bridge:0.1.0',
  hostName: 'bench',
  options: {
    successStatusCodes: new Set<number>(),
    includeScope: false,
    dropZeroSums: false,
    urlQuery: 'redact-values',
  },
} as const;

/** Turns a batch of spans, log records or metrics into bytes; gives how many. */
export function openSerializer(signal: 'spans' | 'logs' | 'metrics'): (batch: never) => Promise<number> {
  switch (signal) {
    case 'spans':
      return serializerOf<readonly ReadableSpan[], ReadableSpan>({
        signal: 'traces',
        entriesOf: spans => spans,
        resourceOf: span => span.resource,
        toRows: spanToRows,
      });
    case 'logs':
      return serializerOf<readonly ReadableLogRecord[], ReadableLogRecord>({
        signal,
        entriesOf: records => records,
        resourceOf: record => record.resource,
        toRows: (record, context) => [logToRow(record, context)],
      });
    case 'metrics':
      return serializerOf<ResourceMetrics, MetricPointInput>({
        signal,
        entriesOf: metricPoints,
        resourceOf: point => point.resource,
        toRows: pointToRows,
      });
  }
}

function serializerOf<Batch, Entry>(source: TelemetrySource<Batch, Entry>): (batch: Batch) => Promise<number> {
  const encoder = new BatchEncoder(source, undefined);
  return async batch => {
    const context = { ...CONTEXT, nowMillis: Date.now(), omissions: new Omissions() };
    const items = await encoder.encode(batch, context, loss => {
      throw new Error(`an item was lost: ${loss}`);
    });
    return items.reduce((bytes, { byteLength }) => bytes + byteLength + 1, 1);
  };
}
