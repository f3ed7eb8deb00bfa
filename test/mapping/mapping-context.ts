import type { MappingContext, MappingOptions } from '../../src/mapping/context.ts';
import { Omissions } from '../../src/mapping/omissions.ts';

/** What the mapping tests pretend to know of the machine: a fixed key, version, host and time. */
export function mappingContext(options: Partial<MappingOptions> = {}): MappingContext {
  return {
    instrumentationKey: '11111111-2222-3333-4444-555555555555',
    sdkVersion: 'azure-monitor-bridge:0.1.0',
    hostName: 'host-1',
    options: {
      urlQuery: 'redact-values',
      successStatusCodes: new Set(),
      includeScope: false,
      dropZeroSums: false,
      ...options,
    },
    nowMillis: Date.UTC(2026, 10, 22, 12, 0, 0),
    omissions: new Omissions(),
  };
}
