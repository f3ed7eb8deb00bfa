import type { Tags } from '../envelope/envelope.ts';
import type { MappingContext } from './context.ts';
import type { Resource, SpanContext } from './opentelemetry.ts';
import { AttributeReader, type Names } from './attributes.ts';
import { toField } from './field.ts';
import * as semconv from './semconv.ts';

/**
 * How long each tag may be, in UTF-16 code units.
 * Source: https://github.com/microsoft/ApplicationInsights-dotnet/blob/main/BASE/Schema/PublicSchema/ContextTagKeys.bond
 */
export const TAG_LIMITS = {
  'ai.cloud.role': 256,
  'ai.cloud.roleInstance': 256,
  'ai.application.ver': 1024,
  'ai.device.id': 1024,
  'ai.device.model': 256,
  'ai.device.oemName': 256,
  'ai.internal.sdkVersion': 64,
  'ai.location.ip': 46,
  'ai.operation.id': 128,
  'ai.operation.name': 1024,
  'ai.operation.parentId': 512,
  'ai.operation.syntheticSource': 1024,
  'ai.session.id': 64,
  'ai.user.id': 128,
  'ai.user.authUserId': 1024,
  'ai.user.accountId': 1024,
  'ai.user.userAgent': 8192,
} as const;

type TagKey = keyof typeof TAG_LIMITS;
type TagValues = { readonly [Key in TagKey]?: unknown };

/** Adds tags of what is known to `tags`; what is not, or is blank, is left out; the rest is cut to its limit. */
function addTags(tags: Tags, values: TagValues, context: MappingContext): Tags {
  for (const key in values) {
    const value = values[key as TagKey];
    const text = value === undefined ? undefined : toField(value, TAG_LIMITS[key as TagKey], context);
    if (text !== undefined) tags[key] = text;
  }
  return tags;
}

/** Resource tags once made, and for whom: a process has few resources and many spans. */
const resourceTagsOf = new WeakMap<Resource, { readonly hostName: string; readonly sdkVersion: string; tags: Tags }>();

/** The tags of everything a process sends: its role, instance, version and device. */
export function resourceTags(resource: Resource, context: MappingContext): Tags {
  const { hostName, sdkVersion } = context;
  const made = resourceTagsOf.get(resource);
  if (made?.hostName === hostName && made.sdkVersion === sdkVersion) return made.tags;
  const tags = makeResourceTags(new AttributeReader(resource.attributes), context);
  // What is still being looked up will be there next time.
  if (resource.asyncAttributesPending !== true) resourceTagsOf.set(resource, { hostName, sdkVersion, tags });
  return tags;
}

function makeResourceTags(attributes: AttributeReader, context: MappingContext): Tags {
  return addTags(
    {},
    {
      'ai.cloud.role': roleOf(attributes),
      'ai.cloud.roleInstance': firstText(attributes, semconv.ROLE_INSTANCE) ?? context.hostName,
      'ai.application.ver': firstText(attributes, semconv.SERVICE_VERSION),
      'ai.device.id': firstText(attributes, semconv.DEVICE_ID),
      'ai.device.model': firstText(attributes, semconv.DEVICE_MODEL),
      'ai.device.oemName': firstText(attributes, semconv.DEVICE_MANUFACTURER),
      'ai.internal.sdkVersion': context.sdkVersion,
    },
    context,
  );
}

/** Adds the tags that join an item to its operation. `parentId` is absent for a root span. */
export function addOperationTags(
  tags: Tags,
  span: SpanContext | undefined,
  parentId: string | undefined,
  context: MappingContext,
): void {
  if (span === undefined) return;
  addTags(
    tags,
    {
      'ai.operation.id': idOf(span.traceId),
      'ai.operation.parentId': idOf(parentId),
      'ai.operation.name': context.operationNameOf?.(span),
    },
    context,
  );
}

/** All zeros are OpenTelemetry's way to say that there is no trace or span. */
function idOf(id: unknown): unknown {
  return typeof id === 'string' && id.startsWith('0') && /^0{1,64}$/.test(id) ? undefined : id;
}

/**
 * The tags that say on whose behalf something happened: which operation, user and session, from where.
 *
 * `addresses` are the names under which the address of the client may be found, `ownName` that of an operation which
 * was not given another one.
 */
export function originTags(
  attributes: AttributeReader,
  context: MappingContext,
  addresses: Names = semconv.CLIENT_IP,
  ownName?: string,
): Tags {
  return addTags(
    {},
    {
      'ai.operation.name': attributes.takeText(semconv.OPERATION_NAME) ?? ownName,
      'ai.operation.syntheticSource': isSynthetic(attributes) ? 'True' : undefined,
      'ai.user.id': attributes.takeText(semconv.USER_ID),
      'ai.user.authUserId': attributes.takeText(semconv.AUTHENTICATED_USER_ID),
      'ai.session.id': attributes.takeText(semconv.SESSION_ID),
      'ai.location.ip': attributes.takeText(addresses),
    },
    context,
  );
}

/** Adds the tag that says with which program somebody asked. */
export function addUserAgentTags(tags: Tags, attributes: AttributeReader, context: MappingContext): void {
  addTags(tags, { 'ai.user.userAgent': attributes.takeText(semconv.USER_AGENT) }, context);
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
function firstText(attributes: AttributeReader, names: Names): string | undefined {
  const text = attributes.peekText(names);
  return text?.trim() === '' ? undefined : text;
}
