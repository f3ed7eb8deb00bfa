/* Commands through ioredis, one of which fails. */
const { IORedisInstrumentation } = require('@opentelemetry/instrumentation-ioredis');
const { startTelemetry } = require('./telemetry.cjs');

const sdk = startTelemetry([new IORedisInstrumentation({ requireParentSpan: false })]);
const { Redis } = require('ioredis');

void main();

async function main() {
  const redis = new Redis(Number(process.env.REDIS_PORT), '127.0.0.1', { lazyConnect: true });
  await redis.connect();
  await redis.set('basket:7', 'green tea');
  await redis.get('basket:7');
  await redis.incr('basket:7').catch(() => undefined);
  await redis.quit();
  await sdk.shutdown();
}
