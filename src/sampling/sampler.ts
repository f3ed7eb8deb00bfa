import type { Attributes, Context, TraceState } from '@opentelemetry/api';

/** Decides which spans are recorded, in the form that both lines of OpenTelemetry's SDK take. */
export interface Sampler {
  /** Decides about a span that is about to start. */
  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: number,
    attributes: Readonly<Record<string, unknown>>,
    links: readonly object[],
  ): SamplingResult;
  /** The sampler's name and what it was told, for logs. */
  toString(): string;
}

/** What a sampler decides. */
export interface SamplingResult {
  /** 0: not recorded. 1: recorded, not sampled. 2: recorded and sampled. */
  decision: 0 | 1 | 2;
  /** What the span gets as its own attributes. */
  attributes?: Readonly<Attributes>;
  traceState?: TraceState;
}

/** The decision against a span. */
export const DROPPED: SamplingResult = { decision: 0 };

/** The decision for a span that stands for itself only. */
export const KEPT: SamplingResult = { decision: 2 };

/** The decision for a span that stands for others too: `percentage` of those like it are kept. */
export function keptAt(percentage: number): SamplingResult {
  return percentage === 100 ? KEPT : { decision: 2, attributes: { 'microsoft.sample_rate': percentage } };
}
