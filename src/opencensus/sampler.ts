import { isSpanContextValid, trace, TraceFlags, type Context } from '@opentelemetry/api';
import type { SamplingResult } from '../index.ts';

/** What a decision is about: the part of a `SpanContext` that samplers read. */
export interface SampledContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Whether the one who called us has sampled the trace. */
  readonly traceOptions: { readonly enabled: boolean };
  /** The span of the one who called us, if somebody did. */
  readonly spanId?: string | null | undefined;
}

/** What a `ProbabilitySampler` does with the decision of a caller. */
export interface ProbabilitySamplerOptions {
  /**
   * Follows a caller's decision against a trace too, as the samplers of OpenTelemetry do by default.
   *
   * @defaultValue false, as in OpenCensus
   */
  parentBased?: boolean | undefined;
}

/**
 * Decides whether a trace is recorded. A `Tracer` asks once, when it is made.
 *
 * The samplers of this module serve OpenTelemetry's SDK too, which asks at each span with other arguments.
 */
export interface TraceSampler {
  /** Whether the trace is recorded. */
  shouldSample(spanContext: SampledContext): boolean;
}

const DEFAULT_RATE = 1e-4;
const LARGEST_LOWER_HALF = 0xffff_ffff_ffff_ffffn;

/** Records every trace. */
export class AlwaysOnSampler implements TraceSampler {
  shouldSample(spanContext: SampledContext): true;
  shouldSample(context: Context, traceId: string, ...others: readonly unknown[]): SamplingResult;
  shouldSample(_context: SampledContext | Context, traceId?: string): boolean | SamplingResult {
    return traceId === undefined ? true : { decision: 2 };
  }

  toString(): string {
    return 'AlwaysOnSampler';
  }
}

/** Records no trace. */
export class AlwaysOffSampler implements TraceSampler {
  shouldSample(spanContext: SampledContext): false;
  shouldSample(context: Context, traceId: string, ...others: readonly unknown[]): SamplingResult;
  shouldSample(_context: SampledContext | Context, traceId?: string): boolean | SamplingResult {
    return traceId === undefined ? false : { decision: 0 };
  }

  toString(): string {
    return 'AlwaysOffSampler';
  }
}

/**
 * Records a fraction of traces, the same ones in every process that uses OpenCensus at the same rate, and besides them
 * every trace that the caller has sampled.
 *
 * A caller's decision against a trace is followed with `parentBased` only, as in OpenCensus. In OpenTelemetry's SDK the
 * trace id alone decides without it.
 */
export class ProbabilitySampler implements TraceSampler {
  readonly rate: number;
  readonly #largestSampled: number;
  readonly #parentBased: boolean;

  /** @throws RangeError `Rate must between 0 and 1.` */
  constructor(rate: number = DEFAULT_RATE, { parentBased = false }: ProbabilitySamplerOptions = {}) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError('Rate must between 0 and 1.');
    this.rate = rate;
    this.#largestSampled = rate * Number(LARGEST_LOWER_HALF);
    this.#parentBased = parentBased;
  }

  shouldSample(spanContext: SampledContext): boolean;
  shouldSample(context: Context, traceId: string, ...others: readonly unknown[]): SamplingResult;
  shouldSample(context: SampledContext | Context, traceId?: string): boolean | SamplingResult {
    if (traceId !== undefined) return { decision: this.#samplesIn(context as Context, traceId) ? 2 : 0 };
    const { traceOptions, traceId: ownTraceId, spanId = null } = context as SampledContext;
    if (this.#parentBased && spanId !== null) return traceOptions.enabled;
    return traceOptions.enabled || this.#samples(ownTraceId);
  }

  toString(): string {
    return `ProbabilitySampler{${this.rate}}`;
  }

  #samplesIn(context: Context, traceId: string): boolean {
    const parent = this.#parentBased ? trace.getSpanContext(context) : undefined;
    if (parent === undefined || !isSpanContextValid(parent)) return this.#samples(traceId);
    return (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  /** An integer is compared with a float without rounding, here as in Python. */
  #samples(traceId: string): boolean {
    return BigInt(`0x${traceId.slice(16)}`) <= this.#largestSampled;
  }
}
