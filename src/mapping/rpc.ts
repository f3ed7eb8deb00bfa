import type { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import * as semconv from './semconv.ts';
import { takeTarget } from './target.ts';

/** The systems that Azure Monitor knows by another name. */
export const RPC_TYPES: ReadonlyMap<string, string> = new Map([
  ['grpc', 'GRPC'],
  ['wcf', 'WCF Service'],
  ['dotnet_wcf', 'WCF Service'],
]);

/** A status is found at its own number. https://grpc.io/docs/guides/status-codes/ */
export const GRPC_STATUS_NAMES: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Describes a remote procedure call; `data` is `service/method`. */
export function describeRpc(attributes: AttributeReader): CallDetails {
  const system = attributes.takeText(semconv.RPC_SYSTEM) ?? '';
  return {
    type: RPC_TYPES.get(system) ?? system,
    target: takeTarget(attributes) ?? system,
    data: takeMethod(attributes),
    resultCode: takeRpcStatus(attributes),
  };
}

/** The status of a call; of gRPC always as a number, since old instrumentations give that and new ones its name. */
export function takeRpcStatus(attributes: AttributeReader): string | undefined {
  const status = attributes.takeText(semconv.RPC_STATUS_CODE);
  if (status === undefined || attributes.peek(semconv.RPC_SYSTEM) !== 'grpc') return status;
  const number = GRPC_STATUS_NAMES.indexOf(status);
  if (number === -1) return status;
  attributes.takeShown(semconv.RPC_STATUS_CODE, number);
  return String(number);
}

/** Current names hold the service in the method already. */
function takeMethod(attributes: AttributeReader): string | undefined {
  const method = attributes.takeText(semconv.RPC_METHOD);
  if (method?.includes('/') === true) {
    attributes.takeShown(semconv.RPC_SERVICE, method.slice(0, method.lastIndexOf('/')));
    return method;
  }
  const service = attributes.takeText(semconv.RPC_SERVICE);
  if (service === undefined || method === undefined) return service ?? method;
  return `${service}/${method}`;
}

/** Marks what the name of a request shows: `service/method`, and the system where it stands before that and a dot. */
export function takeNamedMethod(attributes: AttributeReader, name: string): void {
  const service = attributes.peekText(semconv.RPC_SERVICE);
  const method = attributes.peekText(semconv.RPC_METHOD);
  if (method === undefined) return;
  const whole = method.includes('/') || service === undefined ? method : `${service}/${method}`;
  if (!whole.includes('/') || !name.endsWith(whole)) return;
  attributes.take(semconv.RPC_METHOD);
  attributes.takeShown(semconv.RPC_SERVICE, whole.slice(0, whole.lastIndexOf('/')));
  const system = attributes.peekText(semconv.RPC_SYSTEM);
  if (name === `${system}.${whole}`) attributes.take(semconv.RPC_SYSTEM);
}
