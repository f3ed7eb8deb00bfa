/*
 * One line a column: its name in the classic table, its name in the workspace table, its type, and where it comes from.
 * A column without one of the names is not in that table. `from` reads:
 *
 *   tag.X        the context tag X              data.X      the field X of baseData
 *   metric.X     the field X of metrics[0]      counter.X   the part X of a performance counter
 *   outer.X      the field X of the outermost exception, innermost.X likewise
 *   constant.X   always the text X              made.X      computed, see column-reader.ts
 *
 * Names and types: https://learn.microsoft.com/azure/azure-monitor/reference/tables/apprequests and its siblings, and
 * https://learn.microsoft.com/previous-versions/azure/azure-monitor/app/convert-classic-resource.
 */

/** Columns every table has. */
export const COMMON_COLUMNS = [
  { classic: 'timestamp', workspace: 'TimeGenerated', type: 'datetime', from: 'made.time' },
  { classic: 'itemId', workspace: '_ItemId', type: 'string', from: 'made.itemId' },
  { classic: 'itemType', type: 'string', from: 'made.itemType' },
  { workspace: 'Type', type: 'string', from: 'made.workspaceTable' },
  { classic: 'customDimensions', workspace: 'Properties', type: 'dynamic', from: 'made.properties' },
  { classic: 'operation_Id', workspace: 'OperationId', type: 'string', from: 'tag.ai.operation.id' },
  { classic: 'operation_ParentId', workspace: 'ParentId', type: 'string', from: 'tag.ai.operation.parentId' },
  { classic: 'operation_Name', workspace: 'OperationName', type: 'string', from: 'tag.ai.operation.name' },
  {
    classic: 'operation_SyntheticSource',
    workspace: 'SyntheticSource',
    type: 'string',
    from: 'tag.ai.operation.syntheticSource',
  },
  { classic: 'session_Id', workspace: 'SessionId', type: 'string', from: 'tag.ai.session.id' },
  { classic: 'user_Id', workspace: 'UserId', type: 'string', from: 'tag.ai.user.id' },
  { classic: 'user_AuthenticatedId', workspace: 'UserAuthenticatedId', type: 'string', from: 'tag.ai.user.authUserId' },
  { classic: 'user_AccountId', workspace: 'UserAccountId', type: 'string', from: 'tag.ai.user.accountId' },
  { classic: 'application_Version', workspace: 'AppVersion', type: 'string', from: 'tag.ai.application.ver' },
  { classic: 'cloud_RoleName', workspace: 'AppRoleName', type: 'string', from: 'tag.ai.cloud.role' },
  { classic: 'cloud_RoleInstance', workspace: 'AppRoleInstance', type: 'string', from: 'tag.ai.cloud.roleInstance' },
  { classic: 'client_Type', workspace: 'ClientType', type: 'string', from: 'tag.ai.device.type' },
  { classic: 'client_Model', workspace: 'ClientModel', type: 'string', from: 'tag.ai.device.model' },
  { classic: 'client_OS', workspace: 'ClientOS', type: 'string', from: 'tag.ai.device.osVersion' },
  { classic: 'client_Browser', workspace: 'ClientBrowser', type: 'string', from: 'constant.' },
  { classic: 'client_IP', workspace: 'ClientIP', type: 'string', from: 'constant.0.0.0.0' },
  { classic: 'client_City', workspace: 'ClientCity', type: 'string', from: 'constant.' },
  { classic: 'client_StateOrProvince', workspace: 'ClientStateOrProvince', type: 'string', from: 'constant.' },
  { classic: 'client_CountryOrRegion', workspace: 'ClientCountryOrRegion', type: 'string', from: 'constant.' },
  { classic: 'sdkVersion', workspace: 'SDKVersion', type: 'string', from: 'tag.ai.internal.sdkVersion' },
  { classic: 'iKey', workspace: 'IKey', type: 'string', from: 'made.iKey' },
  { workspace: '_BilledSize', type: 'real', from: 'made.billedSize' },
  { workspace: '_IsBillable', type: 'string', from: 'constant.True' },
  { workspace: 'SourceSystem', type: 'string', from: 'constant.Azure' },
] as const;

/** Columns of the tables whose items can be sampled; metrics and counters never are. */
export const SAMPLED_COLUMNS = [
  { classic: 'itemCount', workspace: 'ItemCount', type: 'int', from: 'made.itemCount' },
  { classic: 'customMeasurements', workspace: 'Measurements', type: 'dynamic', from: 'made.measurements' },
] as const;

/** The tables by their classic names, each with the columns of its own. */
export const TABLES = {
  requests: {
    workspace: 'AppRequests',
    itemType: 'request',
    sampled: true,
    columns: [
      { classic: 'id', workspace: 'Id', type: 'string', from: 'data.id' },
      { classic: 'name', workspace: 'Name', type: 'string', from: 'data.name' },
      { classic: 'url', workspace: 'Url', type: 'string', from: 'data.url' },
      { classic: 'source', workspace: 'Source', type: 'string', from: 'data.source' },
      { classic: 'resultCode', workspace: 'ResultCode', type: 'string', from: 'data.responseCode' },
      { classic: 'success', type: 'string', from: 'made.successWord' },
      { workspace: 'Success', type: 'bool', from: 'made.success' },
      { classic: 'duration', workspace: 'DurationMs', type: 'real', from: 'made.durationMillis' },
      { classic: 'performanceBucket', type: 'string', from: 'made.performanceBucket' },
    ],
  },
  dependencies: {
    workspace: 'AppDependencies',
    itemType: 'dependency',
    sampled: true,
    columns: [
      { classic: 'id', workspace: 'Id', type: 'string', from: 'data.id' },
      { classic: 'name', workspace: 'Name', type: 'string', from: 'data.name' },
      { classic: 'type', workspace: 'DependencyType', type: 'string', from: 'data.type' },
      { classic: 'target', workspace: 'Target', type: 'string', from: 'data.target' },
      { classic: 'data', workspace: 'Data', type: 'string', from: 'data.data' },
      { classic: 'resultCode', workspace: 'ResultCode', type: 'string', from: 'data.resultCode' },
      { classic: 'success', type: 'string', from: 'made.successWord' },
      { workspace: 'Success', type: 'bool', from: 'made.success' },
      { classic: 'duration', workspace: 'DurationMs', type: 'real', from: 'made.durationMillis' },
      { classic: 'performanceBucket', type: 'string', from: 'made.performanceBucket' },
    ],
  },
  traces: {
    workspace: 'AppTraces',
    itemType: 'trace',
    sampled: true,
    columns: [
      { classic: 'message', workspace: 'Message', type: 'string', from: 'data.message' },
      { classic: 'severityLevel', workspace: 'SeverityLevel', type: 'int', from: 'made.severityLevel', nullable: true },
    ],
  },
  exceptions: {
    workspace: 'AppExceptions',
    itemType: 'exception',
    sampled: true,
    columns: [
      { classic: 'problemId', workspace: 'ProblemId', type: 'string', from: 'made.problemId' },
      { classic: 'handledAt', workspace: 'HandledAt', type: 'string', from: 'data.handledAt' },
      { classic: 'type', workspace: 'ExceptionType', type: 'string', from: 'outer.typeName' },
      { classic: 'message', workspace: 'Message', type: 'string', from: 'outer.message' },
      { classic: 'assembly', workspace: 'Assembly', type: 'string', from: 'outer.assembly' },
      { classic: 'method', workspace: 'Method', type: 'string', from: 'outer.method' },
      { classic: 'outerType', workspace: 'OuterType', type: 'string', from: 'outer.typeName' },
      { classic: 'outerMessage', workspace: 'OuterMessage', type: 'string', from: 'outer.message' },
      { classic: 'outerAssembly', workspace: 'OuterAssembly', type: 'string', from: 'outer.assembly' },
      { classic: 'outerMethod', workspace: 'OuterMethod', type: 'string', from: 'outer.method' },
      { classic: 'innermostType', workspace: 'InnermostType', type: 'string', from: 'innermost.typeName' },
      { classic: 'innermostMessage', workspace: 'InnermostMessage', type: 'string', from: 'innermost.message' },
      { classic: 'innermostAssembly', workspace: 'InnermostAssembly', type: 'string', from: 'innermost.assembly' },
      { classic: 'innermostMethod', workspace: 'InnermostMethod', type: 'string', from: 'innermost.method' },
      { classic: 'severityLevel', workspace: 'SeverityLevel', type: 'int', from: 'made.severityLevel', nullable: true },
      { classic: 'details', workspace: 'Details', type: 'dynamic', from: 'made.details' },
    ],
  },
  customEvents: {
    workspace: 'AppEvents',
    itemType: 'customEvent',
    sampled: true,
    columns: [{ classic: 'name', workspace: 'Name', type: 'string', from: 'data.name' }],
  },
  customMetrics: {
    workspace: 'AppMetrics',
    itemType: 'customMetric',
    sampled: false,
    columns: [
      { classic: 'name', workspace: 'Name', type: 'string', from: 'metric.name' },
      { classic: 'value', type: 'real', from: 'metric.value' },
      { classic: 'valueSum', workspace: 'Sum', type: 'real', from: 'metric.value' },
      { classic: 'valueCount', workspace: 'ItemCount', type: 'int', from: 'made.valueCount' },
      { classic: 'valueMin', workspace: 'Min', type: 'real', from: 'made.valueMin' },
      { classic: 'valueMax', workspace: 'Max', type: 'real', from: 'made.valueMax' },
    ],
  },
  performanceCounters: {
    workspace: 'AppPerformanceCounters',
    itemType: 'performanceCounter',
    sampled: false,
    columns: [
      { classic: 'name', workspace: 'Name', type: 'string', from: 'counter.name' },
      { classic: 'category', workspace: 'Category', type: 'string', from: 'counter.category' },
      { classic: 'counter', workspace: 'Counter', type: 'string', from: 'counter.counter' },
      { classic: 'instance', workspace: 'Instance', type: 'string', from: 'counter.instance' },
      { classic: 'value', workspace: 'Value', type: 'real', from: 'counter.value' },
    ],
  },
  availabilityResults: {
    workspace: 'AppAvailabilityResults',
    itemType: 'availabilityResult',
    sampled: true,
    columns: [
      { classic: 'id', workspace: 'Id', type: 'string', from: 'data.id' },
      { classic: 'name', workspace: 'Name', type: 'string', from: 'data.name' },
      { classic: 'location', workspace: 'Location', type: 'string', from: 'data.runLocation' },
      { classic: 'success', type: 'string', from: 'made.successDigit' },
      { workspace: 'Success', type: 'bool', from: 'made.success' },
      { classic: 'message', workspace: 'Message', type: 'string', from: 'data.message' },
      { classic: 'duration', workspace: 'DurationMs', type: 'real', from: 'made.durationMillis' },
      { classic: 'performanceBucket', type: 'string', from: 'made.performanceBucket' },
      { classic: 'size', workspace: 'Size', type: 'real', from: 'data.size', nullable: true },
    ],
  },
  pageViews: {
    workspace: 'AppPageViews',
    itemType: 'pageView',
    sampled: true,
    columns: [
      { classic: 'id', workspace: 'Id', type: 'string', from: 'data.id' },
      { classic: 'name', workspace: 'Name', type: 'string', from: 'data.name' },
      { classic: 'url', workspace: 'Url', type: 'string', from: 'data.url' },
      { classic: 'duration', workspace: 'DurationMs', type: 'real', from: 'made.durationMillis', nullable: true },
      { classic: 'performanceBucket', type: 'string', from: 'made.performanceBucket' },
    ],
  },
} as const;

/** The name of a table as a classic Application Insights resource has it. */
export type ClassicTableName = keyof typeof TABLES;

/** The name of a table as a Log Analytics workspace has it. */
export type WorkspaceTableName = (typeof TABLES)[ClassicTableName]['workspace'];

/** Either name of a table: `requests` and `AppRequests` are the same rows under two sets of column names. */
export type TableName = ClassicTableName | WorkspaceTableName;

/** One column as the lists above have it. */
export interface Column {
  readonly classic?: string;
  readonly workspace?: string;
  readonly type: 'string' | 'datetime' | 'real' | 'int' | 'bool' | 'dynamic';
  readonly from: string;
  readonly nullable?: true;
}

/** All classic names, in the order a person would look at them. */
export const CLASSIC_TABLE_NAMES: readonly ClassicTableName[] = Object.keys(TABLES) as ClassicTableName[];

/** The columns of a table, the common ones first. */
export function columnsOf(table: ClassicTableName): readonly Column[] {
  const { sampled, columns } = TABLES[table];
  return [...COMMON_COLUMNS, ...(sampled ? SAMPLED_COLUMNS : []), ...columns];
}

/** The classic name of a table given by either name; undefined for a name that is no table's. */
export function classicTableName(table: string): ClassicTableName | undefined {
  return CLASSIC_TABLE_NAMES.find(name => name === table || TABLES[name].workspace === table);
}
