/*
 * One fact, all the names it has had, the current name first. Where a fact can be found under several names, the
 * one to believe comes first.
 *
 * Source: OpenTelemetry semantic conventions 1.45, https://opentelemetry.io/docs/specs/semconv/
 */
import type { Names } from './attributes.ts';

// https://opentelemetry.io/docs/specs/semconv/resource/service/
export const SERVICE_NAME: Names = ['service.name'];
export const SERVICE_NAMESPACE: Names = ['service.namespace'];
export const SERVICE_VERSION: Names = ['service.version'];

/** Which instance of a role, the most telling first. https://opentelemetry.io/docs/specs/semconv/resource/k8s/ */
export const ROLE_INSTANCE: Names = ['k8s.pod.name', 'service.instance.id'];

/** What runs a service that was given no name. */
export const KUBERNETES_WORKLOAD: Names = [
  'k8s.deployment.name',
  'k8s.replicaset.name',
  'k8s.statefulset.name',
  'k8s.job.name',
  'k8s.cronjob.name',
  'k8s.daemonset.name',
];

// https://opentelemetry.io/docs/specs/semconv/resource/device/
export const DEVICE_ID: Names = ['device.id'];
export const DEVICE_MODEL: Names = ['device.model.name', 'device.model.identifier'];
export const DEVICE_MANUFACTURER: Names = ['device.manufacturer'];

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/
export const HTTP_METHOD: Names = ['http.request.method', 'http.method'];
export const HTTP_STATUS_CODE: Names = ['http.response.status_code', 'http.status_code'];
export const HTTP_ROUTE: Names = ['http.route'];

// https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/
export const URL_FULL: Names = ['url.full', 'http.url'];
export const URL_SCHEME: Names = ['url.scheme', 'http.scheme'];
export const URL_PATH: Names = ['url.path'];
export const URL_QUERY: Names = ['url.query'];
/** Path and query in one, before they were parted. */
export const HTTP_TARGET: Names = ['http.target'];
/** The host header, a port after a colon included. */
export const HTTP_HOST: Names = ['http.host'];

/** The name the caller knows the called service by. https://opentelemetry.io/docs/specs/semconv/registry/attributes/peer/ */
export const PEER_SERVICE: Names = ['peer.service'];
/** The called server, as its caller names it. https://opentelemetry.io/docs/specs/semconv/general/attributes/ */
export const SERVER_ADDRESS: Names = ['server.address', 'net.peer.name'];
export const SERVER_PORT: Names = ['server.port', 'net.peer.port'];
/** The other end of the connection. `peer.address` is from the first Azure SDKs with tracing. */
export const PEER_ADDRESS: Names = [
  'network.peer.address',
  'net.sock.peer.name',
  'net.sock.peer.addr',
  'net.peer.ip',
  'peer.address',
];
export const PEER_PORT: Names = ['network.peer.port', 'net.sock.peer.port', 'net.peer.port'];
/** The server's own name and port, on the spans of the server. */
export const OWN_ADDRESS: Names = ['server.address', 'net.host.name'];
export const OWN_PORT: Names = ['server.port', 'net.host.port'];

// https://opentelemetry.io/docs/specs/semconv/db/database-spans/
export const DB_SYSTEM: Names = ['db.system.name', 'db.system'];
export const DB_NAMESPACE: Names = ['db.namespace', 'db.name', 'db.redis.database_index'];
export const DB_QUERY: Names = ['db.query.text', 'db.statement', 'db.operation.name', 'db.operation'];
export const DB_STATUS_CODE: Names = ['db.response.status_code'];

// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
export const MESSAGING_SYSTEM: Names = ['messaging.system'];
/** `messaging.source.name` was the name of it for consumers for a while; the last is of the first Azure SDKs with tracing. */
export const MESSAGING_DESTINATION: Names = [
  'messaging.destination.name',
  'messaging.destination',
  'messaging.source.name',
  'message_bus.destination',
];
export const MESSAGING_URL: Names = ['messaging.url'];

// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/
export const RPC_SYSTEM: Names = ['rpc.system.name', 'rpc.system'];
export const RPC_SERVICE: Names = ['rpc.service'];
export const RPC_METHOD: Names = ['rpc.method'];
export const RPC_STATUS_CODE: Names = [
  'rpc.response.status_code',
  'rpc.grpc.status_code',
  'rpc.connect_rpc.error_code',
  'rpc.jsonrpc.error_code',
];

/** Who answers for a model. https://opentelemetry.io/docs/specs/semconv/gen-ai/ */
export const GEN_AI_PROVIDER: Names = ['gen_ai.provider.name', 'gen_ai.system'];

/** The function in the cloud that was called. https://opentelemetry.io/docs/specs/semconv/faas/faas-spans/ */
export const INVOKED_FUNCTION: Names = ['faas.invoked_name'];

/** Which Azure service a span of an Azure SDK is about. https://opentelemetry.io/docs/specs/semconv/registry/attributes/azure/ */
export const AZURE_NAMESPACE: Names = ['azure.resource_provider.namespace', 'az.namespace'];

/** Why something failed. https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/ */
export const ERROR_TYPE: Names = ['error.type'];

// https://opentelemetry.io/docs/specs/semconv/exceptions/
export const EXCEPTION_TYPE: Names = ['exception.type'];
export const EXCEPTION_MESSAGE: Names = ['exception.message'];
export const EXCEPTION_STACK: Names = ['exception.stacktrace'];

// Who caused the telemetry. https://opentelemetry.io/docs/specs/semconv/registry/attributes/enduser/
export const USER_ID: Names = ['enduser.pseudo.id'];
export const AUTHENTICATED_USER_ID: Names = ['enduser.id'];
export const SESSION_ID: Names = ['session.id'];
export const USER_AGENT: Names = ['user_agent.original', 'http.user_agent'];
export const SYNTHETIC_TYPE: Names = ['user_agent.synthetic.type'];
/*
 * What Azure Monitor's exporters read by agreement among themselves, in every language.
 * https://learn.microsoft.com/azure/azure-monitor/app/opentelemetry-add-modify
 */
export const OPERATION_NAME: Names = ['ai.operation.name'];
export const CLIENT_IP: Names = ['microsoft.client.ip'];
/** The address of a server's client: the one somebody chose, or else the one that the server has seen. */
export const SERVER_CLIENT_IP: Names = [
  'microsoft.client.ip',
  'client.address',
  'http.client_ip',
  'network.peer.address',
  'net.sock.peer.addr',
  'net.peer.ip',
];
/** Who caused a log record, which need not be the client of a server. */
export const LOG_CLIENT_IP: Names = ['microsoft.client.ip', 'client.address'];
export const SAMPLE_RATE: Names = ['microsoft.sample_rate'];
export const CUSTOM_MEASUREMENTS: Names = ['microsoft.custom_measurements'];

/** When a consumed message was enqueued, milliseconds since 1970, on the link to who sent it. */
export const ENQUEUED_MILLIS: Names = ['enqueuedTime'];
/** The same in seconds since 1970, on the link or the span. https://opentelemetry.io/docs/specs/semconv/messaging/azure-messaging/ */
export const ENQUEUED_SECONDS: Names = [
  'messaging.servicebus.message.enqueued_time',
  'messaging.eventhubs.message.enqueued_time',
  'x-opt-enqueued-time',
];
/** How long a record had waited, in milliseconds; Java's Kafka instrumentation. */
export const QUEUE_TIME_MILLIS: Names = ['kafka.record.queue_time_ms'];

/** Attributes in which loggers hand over the error itself. */
export const THROWN: Names = ['exception', 'error', 'err'];

// Custom events: two ways to mark them, the second without a name.
export const CUSTOM_EVENT_NAME: Names = ['microsoft.custom_event.name'];
export const CUSTOM_EVENT_MARKER: Names = ['APPLICATION_INSIGHTS_EVENT_MARKER_ATTRIBUTE'];

/** Under which names the facts of an availability test are found. */
export type AvailabilityNames = Readonly<
  Record<'id' | 'name' | 'duration' | 'success' | 'runLocation' | 'message', Names>
>;
/** The result of an availability test. */
export const AVAILABILITY: AvailabilityNames = {
  id: ['microsoft.availability.id'],
  name: ['microsoft.availability.name'],
  duration: ['microsoft.availability.duration'],
  success: ['microsoft.availability.success'],
  runLocation: ['microsoft.availability.runLocation'],
  message: ['microsoft.availability.message'],
};
/** When the test ran. */
export const AVAILABILITY_TIME: Names = ['microsoft.availability.testTimestamp'];

/**
 * What the body of a log record holds: the classic SDK for Node.js turns its `track…` calls into such records.
 * https://github.com/microsoft/ApplicationInsights-node.js/blob/main/src/shim/logsApi.ts
 */
export const CLASSIC_BASE_TYPE: Names = ['_MS.baseType'];
