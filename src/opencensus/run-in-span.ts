import { context, type Context } from '@opentelemetry/api';
import type { Span } from './span.ts';

/**
 * Runs `fn` where `spanContext` is active, and gives back what it returns. The span ends when `fn` returns, or when its
 * promise settles; it notes an error, which goes on.
 */
export function runInSpan<T>(span: Span, spanContext: Context, fn: (span: Span) => T): T {
  let result: T;
  try {
    result = context.with(spanContext, fn, undefined, span);
  } catch (error) {
    endWithError(span, error);
    throw error;
  }
  if (isPromise(result)) return endWithPromise(span, result) as T;
  span.finish();
  return result;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

async function endWithPromise(span: Span, promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    const value = await promise;
    span.finish();
    return value;
  } catch (error) {
    endWithError(span, error);
    throw error;
  }
}

function endWithError(span: Span, error: unknown): void {
  span.recordError(error);
  span.finish();
}
