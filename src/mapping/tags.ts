import type { Tags } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import type { Fact } from './fact.ts';
import { toField } from './field.ts';
import type { JsonMembers } from './json-text.ts';
import { wellFormed } from './json.ts';
import { TAG_LIMITS } from './limits.ts';
import type { Resource, SpanContext } from './opentelemetry.ts';
import { reading, type Reading } from './reading.ts';
import * as semconv from './semconv.ts';
import { tag } from './shown-field.ts';

/** The tags of everything a process sends: its role, instance, version and device. */
export function resourceTags(resource: Resource, context: MappingContext): Tags {
  const attributes = new AttributeReader(resource.attributes);
  const tags: Tags = {};
  const add = (key: keyof typeof TAG_LIMITS, value: string | undefined): void => {
    const text = toField(value, TAG_LIMITS[key], context);
    if (text !== undefined) tags[key] = text;
  };
  add('ai.cloud.role', roleOf(attributes));
  add('ai.cloud.roleInstance', firstText(attributes, semconv.ROLE_INSTANCE) ?? context.hostName);
  add('ai.application.ver', firstText(attributes, semconv.SERVICE_VERSION));
  add('ai.device.id', firstText(attributes, semconv.DEVICE_ID));
  add('ai.device.model', firstText(attributes, semconv.DEVICE_MODEL));
  add('ai.device.oemName', firstText(attributes, semconv.DEVICE_MANUFACTURER));
  add('ai.internal.sdkVersion', context.sdkVersion);
  return tags;
}

/** On whose behalf something happened: which operation, user and session, from where. Tags, each behind a comma. */
export interface Origin {
  readonly operationName: JsonMembers;
  readonly syntheticSource: JsonMembers;
  readonly userId: JsonMembers;
  readonly authenticatedUserId: JsonMembers;
  readonly sessionId: JsonMembers;
  readonly clientIp: JsonMembers;
}

/**
 * Takes the origin out of attributes. `addresses` are the names under which the address of the client may be found,
 * `requestName` the name of an operation which was not given another one; absent, it is none.
 */
export function takeOrigin(
  attributes: AttributeReader,
  context: MappingContext,
  addresses: Fact = semconv.CLIENT_IP,
  requestName?: string,
): Origin {
  const { fields } = attributes.shape;
  const given = attributes.recall(GIVEN_ORIGIN, undefined, () => takeGivenOrigin(attributes));
  return {
    operationName:
      given.operationName === undefined && requestName !== undefined
        ? fields.requestName.show(requestName, context)
        : fields.operationName.show(given.operationName, context),
    syntheticSource: given.isSynthetic ? ',"ai.operation.syntheticSource":"True"' : '',
    userId: fields.userId.show(given.userId, context),
    authenticatedUserId: fields.authenticatedUserId.show(given.authenticatedUserId, context),
    sessionId: fields.sessionId.show(given.sessionId, context),
    clientIp: fields.clientIp.show(attributes.takeText(addresses), context),
  };
}

/** What the attributes say of an origin, but for the address of the client, which is seldom the same twice. */
interface GivenOrigin {
  readonly operationName: string | undefined;
  readonly isSynthetic: boolean;
  readonly userId: string | undefined;
  readonly authenticatedUserId: string | undefined;
  readonly sessionId: string | undefined;
}

const GIVEN_ORIGIN: Reading<GivenOrigin> = reading();

function takeGivenOrigin(attributes: AttributeReader): GivenOrigin {
  return {
    operationName: attributes.takeText(semconv.OPERATION_NAME),
    isSynthetic: isSynthetic(attributes),
    userId: attributes.takeText(semconv.USER_ID),
    authenticatedUserId: attributes.takeText(semconv.AUTHENTICATED_USER_ID),
    sessionId: attributes.takeText(semconv.SESSION_ID),
  };
}

/** The origin of an event: its own where it has one, else that of its span. */
export function inheritOrigin(own: Origin, inherited: Origin): Origin {
  return {
    operationName: firstOf(own.operationName, inherited.operationName),
    syntheticSource: firstOf(own.syntheticSource, inherited.syntheticSource),
    userId: firstOf(own.userId, inherited.userId),
    authenticatedUserId: firstOf(own.authenticatedUserId, inherited.authenticatedUserId),
    sessionId: firstOf(own.sessionId, inherited.sessionId),
    clientIp: firstOf(own.clientIp, inherited.clientIp),
  };
}

function firstOf(one: JsonMembers, other: JsonMembers): JsonMembers {
  return one === '' ? other : one;
}

/** Tells with which program somebody asked. */
export function takeUserAgent(attributes: AttributeReader, context: MappingContext): JsonMembers {
  return attributes.shape.fields.userAgent.show(attributes.takeText(semconv.USER_AGENT), context);
}

const shownOperationId = tag('ai.operation.id');
const shownParentId = tag('ai.operation.parentId');
const shownOperationName = tag('ai.operation.name');

/** The tags that join an item to its operation. `parentId` is absent for a root span. */
export function operationTags(
  span: SpanContext | undefined,
  parentId: string | undefined,
  origin: Origin,
  context: MappingContext,
): JsonMembers {
  const own = origin.syntheticSource + origin.userId + origin.authenticatedUserId + origin.sessionId + origin.clientIp;
  if (span === undefined) return origin.operationName + own;
  return (
    shownOperationId.show(idOf(span.traceId), context) +
    shownParentId.show(idOf(parentId), context) +
    (origin.operationName === ''
      ? shownOperationName.show(context.operationNameOf?.(span), context)
      : origin.operationName) +
    own
  );
}

/** All zeros are OpenTelemetry's way to say that there is no trace or span. */
function idOf(id: unknown): unknown {
  return typeof id === 'string' && id.startsWith('0') && /^0{1,64}$/.test(id) ? undefined : id;
}

/** The user agent of Azure's own availability tests holds this word. */
const AVAILABILITY_TEST = 'AlwaysOn';

function isSynthetic(attributes: AttributeReader): boolean {
  if (attributes.peek(semconv.SYNTHETIC_TYPE) !== undefined) return true;
  return attributes.peekText(semconv.USER_AGENT)?.includes(AVAILABILITY_TEST) ?? false;
}

/** A name given by hand wins over Kubernetes' names, and those over the SDK's `unknown_service:node`. */
function roleOf(attributes: AttributeReader): string | undefined {
  const service = firstText(attributes, semconv.SERVICE_NAME);
  const namespace = firstText(attributes, semconv.SERVICE_NAMESPACE);
  const named = service !== undefined && namespace !== undefined ? `${namespace}.${service}` : service;
  if (service !== undefined && !service.startsWith('unknown_service')) return named;
  return firstText(attributes, semconv.KUBERNETES_WORKLOAD) ?? named;
}

/** The first of several facts that has a text. */
function firstText(attributes: AttributeReader, fact: Fact): string | undefined {
  const text = attributes.peekText(fact);
  return text === undefined || wellFormed(text).trim() === '' ? undefined : text;
}
