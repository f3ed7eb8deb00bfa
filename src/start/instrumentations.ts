import { diag } from '@opentelemetry/api';
import { findOptionalPackage, loadOptionalPackage } from '../optional-packages.ts';
import { listIn, type Environment } from './environment.ts';

const AUTO = '@opentelemetry/auto-instrumentations-node';
const PREFIX = '@opentelemetry/instrumentation-';
const NEEDED_BY = 'startAzureMonitor';

/** https://github.com/open-telemetry/opentelemetry-js-contrib/tree/main/packages and the `http` and `grpc` of the SDK. */
const NAMES =
  'amqplib aws-lambda aws-sdk bunyan cassandra-driver connect cucumber dataloader dns express fastify fs generic-pool graphql grpc hapi host-metrics http ioredis kafkajs knex koa lru-memoizer memcached mongodb mongoose mysql mysql2 nestjs-core net openai oracledb pg pino redis restify router runtime-node socket.io tedious undici winston'.split(
    ' ',
  );

/** Off unless they are asked for by name, as in auto-instrumentations-node: a span for every file that is read. */
const OFF_BY_DEFAULT = ['fs', 'host-metrics'];

const log = diag.createComponentLogger({ namespace: 'azure-monitor/start' });

/**
 * The instrumentations that are installed: all of `@opentelemetry/auto-instrumentations-node`, or else each
 * `@opentelemetry/instrumentation-…` of its own. `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and
 * `OTEL_NODE_DISABLED_INSTRUMENTATIONS` choose among them by short names.
 */
export function findInstrumentations(environment: Environment): readonly object[] {
  if (findOptionalPackage(AUTO) !== undefined) {
    const auto = loadOptionalPackage(AUTO, { neededBy: NEEDED_BY }) as { getNodeAutoInstrumentations(): object[] };
    return auto.getNodeAutoInstrumentations();
  }
  return NAMES.filter(name => isWanted(name, environment)).flatMap(makeIfInstalled);
}

function isWanted(name: string, environment: Environment): boolean {
  if (listIn(environment, 'OTEL_NODE_DISABLED_INSTRUMENTATIONS')?.includes(name) === true) return false;
  const enabled = listIn(environment, 'OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  return enabled === undefined ? !OFF_BY_DEFAULT.includes(name) : enabled.includes(name);
}

/** One that cannot be loaded costs itself, and not the others. */
function makeIfInstalled(name: string): object[] {
  try {
    if (findOptionalPackage(PREFIX + name) === undefined) return [];
    const exported = loadOptionalPackage(PREFIX + name, { neededBy: NEEDED_BY }) as object;
    const Instrumentation = Object.values(exported).find(isInstrumentation);
    return Instrumentation === undefined ? [] : [new Instrumentation()];
  } catch (error) {
    log.warn(`${PREFIX}${name} could not be loaded: ${(error as Error).message}`);
    return [];
  }
}

function isInstrumentation(value: unknown): value is new () => object {
  return typeof value === 'function' && value.name.endsWith('Instrumentation');
}
