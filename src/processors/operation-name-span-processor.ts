import { createContextKey, trace, type Context, type SpanContext } from '@opentelemetry/api';
import { SpanKind } from '../mapping/opentelemetry.ts';
import { operationOf, setOperation, type Operation } from './operations.ts';

/** What this processor reads of a span that starts. */
export interface StartedSpan {
  readonly name: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly ended: boolean;
  spanContext(): SpanContext;
}

/**
 * Where OpenTelemetry's instrumentations of frameworks leave the route they have found.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/packages/opentelemetry-core/src/trace/rpc-metadata.ts
 */
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/**
 * Lets the dependencies, exceptions and log rows of a request carry its name as `operation_Name`.
 *
 * To be registered as a span processor beside the one that exports. The name is read when rows are made, so that it
 * is the route, once a framework has found it. Logs need no processor of their own, as long as this library's
 * exporter sends them.
 */
export class OperationNameSpanProcessor {
  onStart(span: StartedSpan, parentContext: Context): void {
    const operation = isRequest(span) ? { request: span } : operationOfParent(parentContext);
    if (operation !== undefined) setOperation(span.spanContext(), operation);
  }

  onEnd(): void {
    // Names are read when rows are made.
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function isRequest({ kind }: StartedSpan): boolean {
  return kind === SpanKind.SERVER || kind === SpanKind.CONSUMER;
}

function operationOfParent(context: Context): Operation | undefined {
  const parent = trace.getSpanContext(context);
  const operation = parent === undefined ? undefined : operationOf(parent);
  if (operation !== undefined) operation.found ??= routeFoundFor(operation, context);
  return operation;
}

function routeFoundFor({ request }: Operation, context: Context): Operation['found'] {
  const found = context.getValue(RPC_METADATA) as { span?: unknown; route?: string } | undefined;
  return found?.span === request ? found : undefined;
}
