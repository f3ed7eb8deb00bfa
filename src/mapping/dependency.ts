import type { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import type { MappingContext } from './context.ts';
import { describeDatabase } from './database.ts';
import { fact, type Fact } from './fact.ts';
import { describeGenerativeAi } from './generative-ai.ts';
import { describeHttp, isHttpCall } from './http.ts';
import { describeMessaging } from './messaging.ts';
import { SpanKind, SpanStatusCode, type ReadableSpan } from './opentelemetry.ts';
import { describeRpc } from './rpc.ts';
import { reading, type Reading } from './reading.ts';
import * as semconv from './semconv.ts';
import type { SpanData } from './span-data.ts';
import { toSpanId } from './span-id.ts';
import { isSuccess, success } from './success.ts';
import { takeTarget } from './target.ts';
import { toTimeSpan } from './time.ts';

const CALL: Reading<CallDetails> = reading();

/** The families of calls, tried in order: the first that has its `key` set, and `isMeant`, describes the span. */
const FAMILIES: readonly {
  readonly key: Fact;
  readonly isMeant?: (attributes: AttributeReader, span: ReadableSpan) => boolean;
  readonly isRecalled?: true;
  readonly describe: (attributes: AttributeReader, span: ReadableSpan) => CallDetails;
}[] = [
  { key: semconv.HTTP_METHOD, isMeant: isHttpCall, describe: describeHttp },
  { key: semconv.DB_SYSTEM, isRecalled: true, describe: describeDatabase },
  { key: fact(...semconv.MESSAGING_SYSTEM.names, ...semconv.MESSAGING_DESTINATION.names), describe: describeMessaging },
  { key: semconv.RPC_SYSTEM, describe: describeRpc },
  { key: semconv.GEN_AI_PROVIDER, describe: describeGenerativeAi },
];

/** Describes a client, producer or internal span as a dependency, custom dimensions apart. */
export function toDependencyData(span: ReadableSpan, attributes: AttributeReader, context: MappingContext): SpanData {
  const { fields } = attributes.shape;
  const details = describe(span, attributes);
  const { type = takeType(span, attributes) } = details;
  const members =
    `"ver":2,"id":${toSpanId(span, context)}${fields.name.show(details.name ?? span.name, context)}` +
    `,"duration":"${toTimeSpan(span.duration)}"` +
    success(isSuccess(span, details.httpStatus, context)) +
    fields.resultCode.show(details.resultCode, context) +
    fields.type.show(type, context) +
    fields.target.show(details.target, context) +
    fields.data.show(details.data, context);
  return { baseType: 'RemoteDependencyData', members };
}

function describe(span: ReadableSpan, attributes: AttributeReader): CallDetails {
  const family = FAMILIES.find(
    ({ key, isMeant }) => attributes.peek(key) !== undefined && (isMeant?.(attributes, span) ?? true),
  );
  if (family !== undefined)
    return family.isRecalled && span.status.code !== SpanStatusCode.ERROR
      ? attributes.recall(CALL, span.kind, () => family.describe(attributes, span))
      : family.describe(attributes, span);
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
