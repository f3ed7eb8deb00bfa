/**
 * How long each field may be, in UTF-16 code units.
 *
 * Source: the public Bond schemas, and the constants of the .NET exporter where they are newer,
 * https://github.com/Azure/azure-sdk-for-net/blob/main/sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter/src/Internals/SchemaConstants.cs
 */
export const FIELD_LIMITS = {
  id: 512,
  name: 1024,
  eventName: 512,
  source: 1024,
  resultCode: 1024,
  url: 2048,
  type: 1024,
  target: 1024,
  data: 8192,
  message: 32_768,
  typeName: 1024,
  stack: 32_768,
  stackFrameText: 1024,
  availabilityMessage: 8192,
  runLocation: 1024,
  metricName: 1024,
  metricNamespace: 256,
  propertyKey: 150,
  property: 8192,
  /** What a model was asked and answered is allowed more, as in the official exporter. */
  generatedContentProperty: 262_144,
} as const;

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

/** Longer than every field: what is read of an attribute before a field cuts it to its own limit. */
export const MAX_FACT_LENGTH: number = 32_768 + 1024;

/** How many properties one item may have, and how many measurements. */
export const MAX_PROPERTIES = 200;

/** How many links of a span are kept. 100 of them fit a property as valid JSON. */
export const MAX_LINKS = 100;

/** How many events of a span become rows: as many as OpenTelemetry's SDK records unless told otherwise. */
export const MAX_EVENTS = 128;

/** Cuts text to at most `maxLength` UTF-16 code units, never through a surrogate pair. Costs the same for any length. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const last = text.charCodeAt(maxLength - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHighSurrogate ? maxLength - 1 : maxLength);
}
