/** What a field of the wire holds. A `duration` is a .NET TimeSpan as text; a `list` holds objects of the type `of`. */
export type FieldType = 'string' | 'number' | 'boolean' | 'duration' | 'severity' | 'list';

/** One field the service knows: whether it must be there, and how long it may be, in UTF-16 code units. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: true;
  readonly max?: number;
  readonly of?: PartName;
}

/** The kinds of telemetry an envelope can carry. */
export type BaseType =
  | 'RequestData'
  | 'RemoteDependencyData'
  | 'MessageData'
  | 'ExceptionData'
  | 'EventData'
  | 'MetricData'
  | 'PerformanceCounterData'
  | 'AvailabilityData'
  | 'PageViewData';

/** The parts that stand in lists inside the kinds above. */
export type PartName = 'ExceptionDetails' | 'StackFrame' | 'DataPoint';

/**
 * Every field with a limit or a duty, by the type that owns it.
 *
 * From https://github.com/microsoft/ApplicationInsights-Home/tree/master/EndpointSpecs/Schemas/Bond; where the newer
 * .NET exporter allows more (ids of 512), that stands.
 */
export const SCHEMA: Readonly<Record<BaseType | PartName, readonly Field[]>> = {
  RequestData: [
    { name: 'id', type: 'string', required: true, max: 512 },
    { name: 'name', type: 'string', max: 1024 },
    { name: 'duration', type: 'duration', required: true },
    { name: 'responseCode', type: 'string', required: true, max: 1024 },
    { name: 'success', type: 'boolean', required: true },
    { name: 'source', type: 'string', max: 1024 },
    { name: 'url', type: 'string', max: 2048 },
  ],
  RemoteDependencyData: [
    { name: 'id', type: 'string', max: 512 },
    { name: 'name', type: 'string', required: true, max: 1024 },
    { name: 'duration', type: 'duration', required: true },
    { name: 'resultCode', type: 'string', max: 1024 },
    { name: 'success', type: 'boolean' },
    { name: 'type', type: 'string', max: 1024 },
    { name: 'target', type: 'string', max: 1024 },
    { name: 'data', type: 'string', max: 8192 },
  ],
  MessageData: [
    { name: 'message', type: 'string', required: true, max: 32768 },
    { name: 'severityLevel', type: 'severity' },
  ],
  ExceptionData: [
    { name: 'exceptions', type: 'list', required: true, of: 'ExceptionDetails' },
    { name: 'severityLevel', type: 'severity' },
    { name: 'problemId', type: 'string', max: 1024 },
  ],
  ExceptionDetails: [
    { name: 'typeName', type: 'string', required: true, max: 1024 },
    { name: 'message', type: 'string', required: true, max: 32768 },
    { name: 'stack', type: 'string', max: 32768 },
    { name: 'parsedStack', type: 'list', max: 100, of: 'StackFrame' },
  ],
  StackFrame: [
    { name: 'method', type: 'string', max: 1024 },
    { name: 'assembly', type: 'string', max: 1024 },
    { name: 'fileName', type: 'string', max: 1024 },
    { name: 'line', type: 'number' },
  ],
  EventData: [{ name: 'name', type: 'string', required: true, max: 512 }],
  MetricData: [{ name: 'metrics', type: 'list', required: true, max: 1, of: 'DataPoint' }],
  DataPoint: [
    { name: 'ns', type: 'string', max: 256 },
    { name: 'name', type: 'string', required: true, max: 1024 },
    { name: 'value', type: 'number', required: true },
    { name: 'count', type: 'number', max: 2_147_483_647 },
    { name: 'min', type: 'number' },
    { name: 'max', type: 'number' },
  ],
  PerformanceCounterData: [
    { name: 'categoryName', type: 'string', required: true, max: 1024 },
    { name: 'counterName', type: 'string', required: true, max: 1024 },
    { name: 'instanceName', type: 'string', max: 1024 },
    { name: 'value', type: 'number', required: true },
  ],
  AvailabilityData: [
    { name: 'id', type: 'string', required: true, max: 512 },
    { name: 'name', type: 'string', required: true, max: 1024 },
    { name: 'duration', type: 'duration', required: true },
    { name: 'success', type: 'boolean', required: true },
    { name: 'runLocation', type: 'string', max: 1024 },
    { name: 'message', type: 'string', max: 8192 },
  ],
  PageViewData: [
    { name: 'id', type: 'string', max: 512 },
    { name: 'name', type: 'string', max: 1024 },
    { name: 'url', type: 'string', max: 2048 },
    { name: 'duration', type: 'duration' },
    { name: 'referrerUri', type: 'string', max: 2048 },
  ],
};

/** The longest value of each context tag, in UTF-16 code units. Same source as the schema. */
export const TAG_LIMITS: ReadonlyMap<string, number> = new Map([
  ['ai.application.ver', 1024],
  ['ai.cloud.role', 256],
  ['ai.cloud.roleInstance', 256],
  ['ai.device.id', 1024],
  ['ai.device.locale', 64],
  ['ai.device.model', 256],
  ['ai.device.oemName', 256],
  ['ai.device.osVersion', 256],
  ['ai.device.type', 64],
  ['ai.internal.agentVersion', 64],
  ['ai.internal.nodeName', 256],
  ['ai.internal.sdkVersion', 64],
  ['ai.location.city', 256],
  ['ai.location.country', 256],
  ['ai.location.ip', 46],
  ['ai.location.province', 256],
  ['ai.operation.correlationVector', 64],
  ['ai.operation.id', 128],
  ['ai.operation.name', 1024],
  ['ai.operation.parentId', 512],
  ['ai.operation.syntheticSource', 1024],
  ['ai.session.id', 64],
  ['ai.session.isFirst', 5],
  ['ai.user.accountId', 1024],
  ['ai.user.authUserId', 1024],
  ['ai.user.id', 1024],
]);

/** The longest key of a property or measurement, in UTF-16 code units. */
export const MAX_KEY_LENGTH = 150;

/** How many properties an item may carry before this monitor finds it odd. */
export const MAX_PROPERTIES = 200;

/**
 * The longest value of a property, in UTF-16 code units. The content of GenAI messages may be 256 KiB, as in
 * https://github.com/Azure/azure-sdk-for-js/tree/main/sdk/monitor/monitor-opentelemetry-exporter.
 */
export function maxPropertyLength(key: string): number {
  return GEN_AI_CONTENT.has(key) ? 262_144 : 8192;
}

const GEN_AI_CONTENT: ReadonlySet<string> = new Set([
  'gen_ai.evaluation.explanation',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.tool.definitions',
]);
