import type { RemoteDependencyData } from '../envelope/envelope.ts';
import type { AttributeReader, Names } from './attributes.ts';
import type { CallDetails } from './call.ts';
import type { MappingContext } from './context.ts';
import { describeDatabase } from './database.ts';
import { toField } from './field.ts';
import { describeGenerativeAi } from './generative-ai.ts';
import { describeHttp, isHttpCall } from './http.ts';
import { FIELD_LIMITS } from './limits.ts';
import { describeMessaging } from './messaging.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { describeRpc } from './rpc.ts';
import * as semconv from './semconv.ts';
import { toSpanId } from './span-id.ts';
import { isSuccess } from './success.ts';
import { takeTarget } from './target.ts';
import { toTimeSpan } from './time.ts';

/** The families of calls, tried in order: the first that has its `key` set, and `isMeant`, describes the span. */
const FAMILIES: readonly {
  readonly key: Names;
  readonly isMeant?: (attributes: AttributeReader, span: ReadableSpan) => boolean;
  readonly describe: (attributes: AttributeReader, span: ReadableSpan) => CallDetails;
}[] = [
  { key: semconv.HTTP_METHOD, isMeant: isHttpCall, describe: describeHttp },
  { key: semconv.DB_SYSTEM, describe: describeDatabase },
  { key: [...semconv.MESSAGING_SYSTEM, ...semconv.MESSAGING_DESTINATION], describe: describeMessaging },
  { key: semconv.RPC_SYSTEM, describe: describeRpc },
  { key: semconv.GEN_AI_PROVIDER, describe: describeGenerativeAi },
];

/** Describes a client, producer or internal span as a dependency, custom dimensions apart. */
export function toDependencyData(
  span: ReadableSpan,
  attributes: AttributeReader,
  context: MappingContext,
): RemoteDependencyData {
  const details = describe(span, attributes);
  const target = toField(details.target, FIELD_LIMITS.target, context);
  const data = toField(details.data, FIELD_LIMITS.data, context);
  return {
    ver: 2,
    id: toSpanId(span, context),
    name: toField(details.name ?? span.name, FIELD_LIMITS.name, context) ?? 'n/a',
    duration: toTimeSpan(span.duration),
    success: isSuccess(span, details.httpStatus, context),
    resultCode: toField(details.resultCode, FIELD_LIMITS.resultCode, context) ?? '0',
    type: toField(details.type ?? takeType(span, attributes), FIELD_LIMITS.type, context) ?? 'Dependency',
    ...(target !== undefined && { target }),
    ...(data !== undefined && { data }),
  };
}

function describe(span: ReadableSpan, attributes: AttributeReader): CallDetails {
  const family = FAMILIES.find(
    ({ key, isMeant }) => attributes.peek(key) !== undefined && (isMeant?.(attributes, span) ?? true),
  );
  if (family !== undefined) return family.describe(attributes, span);
  // Work inside the process has no target: the Application Map would show a node for it.
  if (span.kind === SpanKind.INTERNAL) return { type: undefined, target: undefined };
  return { type: undefined, target: takeTarget(attributes) ?? attributes.takeText(semconv.INVOKED_FUNCTION) };
}

/** What to call a span that no family gives a type. */
function takeType({ kind }: ReadableSpan, attributes: AttributeReader): string | undefined {
  const azureService = attributes.takeText(semconv.AZURE_NAMESPACE);
  if (kind === SpanKind.CLIENT) return azureService;
  const type = kind === SpanKind.PRODUCER ? 'Queue Message' : 'InProc';
  return azureService === undefined ? type : `${type} | ${azureService}`;
}
