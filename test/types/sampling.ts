/* Compiled, never run: samplers, processors and filters as users write them, on each line of OpenTelemetry. */
import { BatchLogRecordProcessor, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AlwaysOnSampler, BatchSpanProcessor, type Sampler, type SpanProcessor } from '@opentelemetry/sdk-trace';
import {
  ApplicationInsightsSampler,
  AzureMonitorLogExporter,
  AzureMonitorTraceExporter,
  dropHealthChecks,
  keepOnlyFailedOrSlow,
  OperationNameSpanProcessor,
  RateLimitedSampler,
  TraceBasedLogProcessor,
} from 'azure-monitor-bridge';

export const samplers: Sampler[] = [
  new ApplicationInsightsSampler(0.1),
  new ApplicationInsightsSampler(0.1, { remoteParents: 'decide-again' }),
  new RateLimitedSampler(5, { remoteParents: undefined }),
  dropHealthChecks(),
  dropHealthChecks({ sampler: new RateLimitedSampler(5), paths: ['/up'] }),
  dropHealthChecks({ sampler: new AlwaysOnSampler() }),
];
export const spanProcessor: SpanProcessor = new OperationNameSpanProcessor();
export const logProcessor: LogRecordProcessor = new TraceBasedLogProcessor(
  new BatchLogRecordProcessor({ exporter: new AzureMonitorLogExporter() }),
);

export const sdk: NodeSDK = new NodeSDK({
  sampler: dropHealthChecks({ sampler: new ApplicationInsightsSampler(0.1) }),
  spanProcessors: [
    new OperationNameSpanProcessor(),
    new BatchSpanProcessor({
      exporter: new AzureMonitorTraceExporter({
        onEnvelope: keepOnlyFailedOrSlow({ target: /cache/, slowMillis: 100 }),
      }),
    }),
  ],
  logRecordProcessors: [logProcessor],
});
