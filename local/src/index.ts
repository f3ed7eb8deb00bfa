export { DEFAULT_PORT, LOCAL_INSTRUMENTATION_KEY } from './local-monitor.ts';
export type { Arrival, LocalMonitor, LocalMonitorOptions, TableCounts, WaitForOptions } from './local-monitor.ts';
export { startLocalMonitor } from './monitor.ts';
export type { Fault } from './fault.ts';
export type { Effect } from './finding.ts';
export type { ExceptionDetail, Row, StackFrame } from './row-types.ts';
export type { ClassicTableName, TableName, WorkspaceTableName } from './tables.ts';
export { VERSION } from './version.ts';
export type { Warning } from './warnings.ts';
