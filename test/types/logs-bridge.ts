/*
 * Compiled, never run: what users of two Logs APIs write.
 */
import { bridgeLegacyLogs } from 'azure-monitor-bridge/logs-bridge';

export const undo: () => void = bridgeLegacyLogs();
