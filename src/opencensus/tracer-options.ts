import type { TracerProvider } from '@opentelemetry/api';
import type { Propagator } from './header-propagator.ts';
import type { TraceSampler } from './sampler.ts';
import type { SpanContext } from './span-context.ts';
import type { SpanExporter, SpanSource } from './span-exporter.ts';

/** How a tracer is made. */
export interface TracerOptions {
  /**
   * Decides, once, whether the trace is recorded.
   *
   * @defaultValue `new ProbabilitySampler()`, which records one trace in 10,000
   */
  sampler?: TraceSampler | undefined;
  /**
   * Where spans go when they have ended.
   *
   * @defaultValue `new PrintExporter()`; none beside `tracerProvider`
   */
  exporter?: SpanExporter | SpanSource | undefined;
  /**
   * How the trace goes from process to process: reads the headers that `Tracer.fromHeaders` is given.
   *
   * @defaultValue `new TraceContextPropagator()`
   */
  propagator?: Propagator | undefined;
  /** The trace to go on with, and the span of a caller in it. A new trace when there is none. */
  spanContext?: SpanContext | undefined;
  /**
   * Makes the spans with the application's own provider: its sampler decides in place of `sampler`, and each span that
   * has no parent begins a trace of its own.
   */
  tracerProvider?: TracerProvider | undefined;
}

/** How a span is made. */
export interface StartSpanOptions {
  /**
   * One of `SpanKind`.
   *
   * @defaultValue SpanKind.UNSPECIFIED
   */
  spanKind?: number | undefined;
}

/** Puts a function, or a method of TypeScript's and JavaScript's own decorators, into a span. */
export type TraceDecorator = <This, Arguments extends unknown[], Result>(
  fn: (this: This, ...args: Arguments) => Result,
  context?: { readonly name: string | symbol },
) => (this: This, ...args: Arguments) => Result;
