/*
 * One fact, all the names it has had, the current name first. Where a fact can be found under several names, the
 * one to believe comes first.
 *
 * Source: OpenTelemetry semantic conventions 1.45, https://opentelemetry.io/docs/specs/semconv/
 */
import { fact, type Fact } from './fact.ts';

// https://opentelemetry.io/docs/specs/semconv/resource/service/
export const SERVICE_NAME: Fact = fact('service.name');
export const SERVICE_NAMESPACE: Fact = fact('service.namespace');
export const SERVICE_VERSION: Fact = fact('service.version');

/** Which instance of a role, the most telling first. https://opentelemetry.io/docs/specs/semconv/resource/k8s/ */
export const ROLE_INSTANCE: Fact = fact('k8s.pod.name', 'service.instance.id');

/** What runs a service that was given no name. */
export const KUBERNETES_WORKLOAD: Fact = fact(
  'k8s.deployment.name',
  'k8s.replicaset.name',
  'k8s.statefulset.name',
  'k8s.job.name',
  'k8s.cronjob.name',
  'k8s.daemonset.name',
);

// https://opentelemetry.io/docs/specs/semconv/resource/device/
export const DEVICE_ID: Fact = fact('device.id');
export const DEVICE_MODEL: Fact = fact('device.model.name', 'device.model.identifier');
export const DEVICE_MANUFACTURER: Fact = fact('device.manufacturer');

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
export const HTTP_METHOD: Fact = fact('http.request.method', 'http.method');
export const HTTP_STATUS_CODE: Fact = fact('http.response.status_code', 'http.status_code');
export const HTTP_ROUTE: Fact = fact('http.route');

// https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/
export const URL_FULL: Fact = fact('url.full', 'http.url');
export const URL_SCHEME: Fact = fact('url.scheme', 'http.scheme');
export const URL_PATH: Fact = fact('url.path');
export const URL_QUERY: Fact = fact('url.query');
/** Path and query in one, before they were parted. */
export const HTTP_TARGET: Fact = fact('http.target');
/** The host header, a port after a colon included. */
export const HTTP_HOST: Fact = fact('http.host');

/** The name the caller knows the called service by. https://opentelemetry.io/docs/specs/semconv/registry/attributes/peer/ */
export const PEER_SERVICE: Fact = fact('peer.service');
/** The called server, as its caller names it. https://opentelemetry.io/docs/specs/semconv/general/attributes/ */
export const SERVER_ADDRESS: Fact = fact('server.address', 'net.peer.name');
export const SERVER_PORT: Fact = fact('server.port', 'net.peer.port');
/** The other end of the connection. `peer.address` is from the first Azure SDKs with tracing. */
export const PEER_ADDRESS: Fact = fact(
  'network.peer.address',
  'net.sock.peer.name',
  'net.sock.peer.addr',
  'net.peer.ip',
  'peer.address',
);
export const PEER_PORT: Fact = fact('network.peer.port', 'net.sock.peer.port', 'net.peer.port');
/** The server's own name and port, on the spans of the server. */
export const OWN_ADDRESS: Fact = fact('server.address', 'net.host.name');
export const OWN_PORT: Fact = fact('server.port', 'net.host.port');

// https://opentelemetry.io/docs/specs/semconv/db/database-spans/
export const DB_SYSTEM: Fact = fact('db.system.name', 'db.system');
export const DB_NAMESPACE: Fact = fact('db.namespace', 'db.name', 'db.redis.database_index');
export const DB_QUERY: Fact = fact('db.query.text', 'db.statement', 'db.operation.name', 'db.operation');
export const DB_STATUS_CODE: Fact = fact('db.response.status_code');

// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
export const MESSAGING_SYSTEM: Fact = fact('messaging.system');
/** `messaging.source.name` was the name of it for consumers for a while; the last is of the first Azure SDKs with tracing. */
export const MESSAGING_DESTINATION: Fact = fact(
  'messaging.destination.name',
  'messaging.destination',
  'messaging.source.name',
  'message_bus.destination',
);
export const MESSAGING_URL: Fact = fact('messaging.url');

// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/
export const RPC_SYSTEM: Fact = fact('rpc.system.name', 'rpc.system');
export const RPC_SERVICE: Fact = fact('rpc.service');
export const RPC_METHOD: Fact = fact('rpc.method');
export const RPC_STATUS_CODE: Fact = fact(
  'rpc.response.status_code',
  'rpc.grpc.status_code',
  'rpc.connect_rpc.error_code',
  'rpc.jsonrpc.error_code',
);

/** Who answers for a model. https://opentelemetry.io/docs/specs/semconv/gen-ai/ */
export const GEN_AI_PROVIDER: Fact = fact('gen_ai.provider.name', 'gen_ai.system');

/** The function in the cloud that was called. https://opentelemetry.io/docs/specs/semconv/faas/faas-spans/ */
export const INVOKED_FUNCTION: Fact = fact('faas.invoked_name');

/** Which Azure service a span of an Azure SDK is about. https://opentelemetry.io/docs/specs/semconv/registry/attributes/azure/ */
export const AZURE_NAMESPACE: Fact = fact('azure.resource_provider.namespace', 'az.namespace');

/** Why something failed. https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/ */
export const ERROR_TYPE: Fact = fact('error.type');

// https://opentelemetry.io/docs/specs/semconv/exceptions/
export const EXCEPTION_TYPE: Fact = fact('exception.type');
export const EXCEPTION_MESSAGE: Fact = fact('exception.message');
export const EXCEPTION_STACK: Fact = fact('exception.stacktrace');

// Who caused the telemetry. https://opentelemetry.io/docs/specs/semconv/registry/attributes/enduser/
export const USER_ID: Fact = fact('enduser.pseudo.id');
export const AUTHENTICATED_USER_ID: Fact = fact('enduser.id');
export const SESSION_ID: Fact = fact('session.id');
export const USER_AGENT: Fact = fact('user_agent.original', 'http.user_agent');
export const SYNTHETIC_TYPE: Fact = fact('user_agent.synthetic.type');
/*
 * What Azure Monitor's exporters read by agreement among themselves, in every language.
 * https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-add-modify
 */
export const OPERATION_NAME: Fact = fact('ai.operation.name');
export const CLIENT_IP: Fact = fact('microsoft.client.ip');
/** The address of a server's client: the one somebody chose, or else the one that the server has seen. */
export const SERVER_CLIENT_IP: Fact = fact(
  'microsoft.client.ip',
  'client.address',
  'http.client_ip',
  'network.peer.address',
  'net.sock.peer.addr',
  'net.peer.ip',
);
/** Who caused a log record, which need not be the client of a server. */
export const LOG_CLIENT_IP: Fact = fact('microsoft.client.ip', 'client.address');
export const SAMPLE_RATE: Fact = fact('microsoft.sample_rate');
export const CUSTOM_MEASUREMENTS: Fact = fact('microsoft.custom_measurements');

/** When a consumed message was enqueued, milliseconds since 1970, on the link to who sent it. */
export const ENQUEUED_MILLIS: Fact = fact('enqueuedTime');
/** The same in seconds since 1970, on the link or the span. https://opentelemetry.io/docs/specs/semconv/messaging/azure-messaging/ */
export const ENQUEUED_SECONDS: Fact = fact(
  'messaging.servicebus.message.enqueued_time',
  'messaging.eventhubs.message.enqueued_time',
  'x-opt-enqueued-time',
);
/** How long a record had waited, in milliseconds; Java's Kafka instrumentation. */
export const QUEUE_TIME_MILLIS: Fact = fact('kafka.record.queue_time_ms');

/** Attributes in which loggers hand over the error itself. */
export const THROWN: readonly Fact[] = [fact('exception'), fact('error'), fact('err')];

// Custom events: two ways to mark them, the second without a name.
export const CUSTOM_EVENT_NAME: Fact = fact('microsoft.custom_event.name');
export const CUSTOM_EVENT_MARKER: Fact = fact('APPLICATION_INSIGHTS_EVENT_MARKER_ATTRIBUTE');

/** Under which names the facts of an availability test are found. */
export type AvailabilityNames = Readonly<
  Record<'id' | 'name' | 'duration' | 'success' | 'runLocation' | 'message', Fact>
>;
/** The result of an availability test. */
export const AVAILABILITY: AvailabilityNames = {
  id: fact('microsoft.availability.id'),
  name: fact('microsoft.availability.name'),
  duration: fact('microsoft.availability.duration'),
  success: fact('microsoft.availability.success'),
  runLocation: fact('microsoft.availability.runLocation'),
  message: fact('microsoft.availability.message'),
};
/** When the test ran. */
export const AVAILABILITY_TIME: Fact = fact('microsoft.availability.testTimestamp');

/**
 * What the body of a log record holds: the classic SDK for Node.js turns its `track…` calls into such records.
 * https://github.com/microsoft/ApplicationInsights-node.js/blob/main/src/shim/logsApi.ts
 */
export const CLASSIC_BASE_TYPE: Fact = fact('_MS.baseType');
