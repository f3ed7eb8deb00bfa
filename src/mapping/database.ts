import { AttributeReader } from './attributes.ts';
import type { CallDetails } from './call.ts';
import { SpanStatusCode, type ReadableSpan, type SpanEvent } from './opentelemetry.ts';
import { takeRecordedError } from './recorded-error.ts';
import * as semconv from './semconv.ts';
import { takeTarget } from './target.ts';

/** How Azure Monitor names a kind of database, and the port that goes without saying. */
interface Database {
  /** The system's own name, unless Azure Monitor groups it with others. */
  readonly type?: string;
  readonly defaultPort?: number;
}

/**
 * The databases of which more is known than their name. The portal shows all of type `SQL` alike.
 *
 * Sources: https://opentelemetry.io/docs/specs/semconv/registry/attributes/db/ for the systems, their own
 * documentation for the ports.
 */
export const DATABASES: ReadonlyMap<string, Database> = new Map<string, Database>([
  ['mssql', { type: 'SQL', defaultPort: 1433 }],
  ['microsoft.sql_server', { type: 'SQL', defaultPort: 1433 }],
  ['oracle', { type: 'SQL', defaultPort: 1521 }],
  ['oracle.db', { type: 'SQL', defaultPort: 1521 }],
  ['db2', { type: 'SQL', defaultPort: 50_000 }],
  ['ibm.db2', { type: 'SQL', defaultPort: 50_000 }],
  ['mariadb', { type: 'SQL', defaultPort: 3306 }],
  ['sqlite', { type: 'SQL' }],
  ['h2', { type: 'SQL', defaultPort: 8082 }],
  ['h2database', { type: 'SQL', defaultPort: 8082 }],
  ['hsqldb', { type: 'SQL' }],
  ['derby', { type: 'SQL', defaultPort: 1527 }],
  ['other_sql', { type: 'SQL' }],
  ['mysql', { defaultPort: 3306 }],
  ['postgresql', { defaultPort: 5432 }],
  ['mongodb', { defaultPort: 27_017 }],
  ['redis', { defaultPort: 6379 }],
  ['cassandra', { defaultPort: 9042 }],
  ['memcached', { defaultPort: 11_211 }],
]);

/** Describes a call to a database; `target` is `host[:port]|database`. */
export function describeDatabase(attributes: AttributeReader, span: ReadableSpan): CallDetails {
  const system = attributes.peekText(semconv.DB_SYSTEM) ?? '';
  const { type = system, defaultPort } = DATABASES.get(system) ?? {};
  attributes.takeShown(semconv.DB_SYSTEM, type);
  const server = takeTarget(attributes, defaultPort);
  const database = takeDatabaseName(attributes, system);
  return {
    type,
    target: server !== undefined && database !== undefined ? `${server}|${database}` : (server ?? database ?? system),
    data: attributes.takeText(semconv.DB_QUERY),
    resultCode: attributes.takeText(semconv.DB_STATUS_CODE) ?? failureOf(span, attributes, system),
  };
}

/** SQL Server's is `instance|database`, and `|` already parts the host from the database in a target. */
function takeDatabaseName(attributes: AttributeReader, system: string): string | undefined {
  const namespace = attributes.peekText(semconv.DB_NAMESPACE);
  if (namespace === undefined) return undefined;
  const isSqlServer = system === 'microsoft.sql_server' || system === 'mssql';
  const name = isSqlServer ? namespace.slice(namespace.indexOf('|') + 1) : namespace;
  attributes.takeShown(semconv.DB_NAMESPACE, name);
  return name === '' ? undefined : name;
}

/** What an error of Redis begins with. https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const REDIS_ERROR = /^[A-Z][A-Z0-9]{1,31}(?= |$)/;

/**
 * Why a call failed, when no attribute holds what the database answered: most instrumentations only record the error,
 * whose type is its code where it has one.
 */
function failureOf({ status, events }: ReadableSpan, attributes: AttributeReader, system: string): string | undefined {
  if (status.code !== SpanStatusCode.ERROR) return undefined;
  const given = attributes.peekText(semconv.ERROR_TYPE);
  if (given !== undefined && given !== '_OTHER') return given;
  const answer = system === 'redis' ? REDIS_ERROR.exec(status.message ?? '') : null;
  if (answer !== null) return answer[0];
  const type = recordedTypeOf(events);
  return type === 'Error' ? undefined : type;
}

function recordedTypeOf(events: readonly SpanEvent[]): string | undefined {
  try {
    const event = events.find(({ name }) => name === 'exception');
    return event === undefined ? undefined : takeRecordedError(new AttributeReader(event.attributes)).type;
  } catch {
    return undefined; // Among the events is one that is none.
  }
}
