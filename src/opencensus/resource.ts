import type * as Resources from '@opentelemetry/resources';
import { loadOptionalPackage } from '../optional-packages.ts';

/**
 * What the environment says of this service, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`. Where it gives no name,
 * that of the program's file is taken, as in OpenCensus. Comes from the same tree of packages as `sdkPackage`.
 *
 * @internal
 */
export function resourceOfService(neededBy: string, sdkPackage: string): Resources.Resource {
  const resources = loadOptionalPackage('@opentelemetry/resources', { neededBy, dependencyOf: sdkPackage });
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources as typeof Resources;
  return defaultResource()
    .merge(resourceFromAttributes(nameOfProgram(process.argv[1])))
    .merge(detectResources({ detectors: [envDetector] }));
}

/** There is no file in `node --eval` and on the prompt. */
function nameOfProgram(file: string | undefined): { 'service.name'?: string } {
  const name = file?.split(/[\\/]/).at(-1);
  return name === undefined ? {} : { 'service.name': name };
}
