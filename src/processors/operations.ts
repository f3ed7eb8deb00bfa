import { requestNameOf, type NamedRequest } from '../mapping/request-name.ts';

/** A request and what else is known of its name. */
export interface Operation {
  readonly request: NamedRequest & { readonly ended?: boolean };
  /** Where a framework such as Express writes the route that it has found, long before the request has it. */
  found?: { readonly route?: string | undefined } | undefined;
  /** The name, once it cannot change any more. */
  name?: string | undefined;
}

/**
 * The operation of each span, by its span context, which the SDK hands to the logs of the span as it is. Nothing is
 * kept longer than the span and its logs. One for the process, since it may have loaded this library twice, as ESM
 * and as CommonJS.
 */
const operations: WeakMap<object, Operation> = sharedOperations();

/** The operation that a span belongs to. */
export function operationOf(spanContext: object): Operation | undefined {
  return operations.get(spanContext);
}

/** Says which operation a span belongs to. */
export function setOperation(spanContext: object, operation: Operation): void {
  operations.set(spanContext, operation);
}

/** The name of the operation that a span belongs to: that of its request, as far as it is known by now. */
export function operationNameOf(spanContext: object): string | undefined {
  const operation = operations.get(spanContext);
  if (operation === undefined) return undefined;
  if (operation.name !== undefined) return operation.name;
  const name = requestNameOf(operation.request, operation.found?.route);
  if (operation.request.ended === true) operation.name = name;
  return name;
}

function sharedOperations(): WeakMap<object, Operation> {
  const key = Symbol.for('azure-monitor-bridge.operations.v1');
  const shared = globalThis as { [key]?: WeakMap<object, Operation> };
  return (shared[key] ??= new WeakMap());
}
