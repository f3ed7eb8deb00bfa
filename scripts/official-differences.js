/*
 * Where a row of this library differs from the official exporter's on purpose: what both do, and why.
 *
 * `docs/mapping.md` shows these as a table; `scripts/compare-with-official.js` holds every difference that it finds
 * against them. `at` is the path of a field in the envelope; `when`, if there is one, must hold as well. Both see one
 * difference: `{ signal, at, official, ours, row, officialRow, attributes, kind }`, the values as text or undefined.
 */

/** A field by its path; `*` stands for the rest of a path, `[]` for any place in a list. */
const of = (...paths) =>
  new RegExp(`^(${paths.join('|').replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('[]', '\\[\\d+\\]')})$`);
const data = (...fields) => of(...fields.map(field => `data.baseData.${field}`));
const PROPERTY = /^data\.baseData\.properties\./;
const keyOf = ({ at }) => at.replace(PROPERTY, '');
const given = difference => difference.attributes[keyOf(difference)];
const cutAlike = ({ official, ours }) =>
  official !== undefined && ours !== undefined && official.length > ours.length && official.startsWith(ours);
const USER_INFO = /(?::\/\/|%3A%2F%2F)[^/?#\s]*(?:@|%40)/;
const masked = ({ official = '', ours = '' }) =>
  ours.includes('REDACTED') || (USER_INFO.test(official) && !USER_INFO.test(ours));
const anyOf = (attributes, ...names) => names.some(name => attributes[name] !== undefined);
const isHttp = ({ attributes }) => anyOf(attributes, 'http.request.method', 'http.method');
const isDatabase = ({ attributes }) => anyOf(attributes, 'db.system.name', 'db.system');
const isRpc = ({ attributes }) => anyOf(attributes, 'rpc.system.name', 'rpc.system');
const isMessaging = ({ attributes }) =>
  anyOf(
    attributes,
    'messaging.system',
    'messaging.destination.name',
    'messaging.destination',
    'message_bus.destination',
  );
const isGenerativeAi = ({ attributes }) => anyOf(attributes, 'gen_ai.provider.name', 'gen_ai.system');
const azureService = ({ attributes }) => attributes['azure.resource_provider.namespace'] ?? attributes['az.namespace'];
/** The values of all fields and tags of a row, but not of its properties. */
const shown = row =>
  Object.entries(row)
    .filter(([path]) => !PROPERTY.test(path))
    .map(([, value]) => value);
const isShown = ({ row, official }) => shown(row).some(value => holds(value, official));

export const DIFFERENCES = [
  {
    area: 'every row',
    official: 'names itself in `sdkVersion`',
    ours: 'names itself in `sdkVersion`',
    why: 'support has to see who made a row',
    at: of('tags.ai.internal.sdkVersion'),
  },
  {
    area: 'every row',
    official:
      'writes empty objects for properties and measurements, and empty texts for a URL or role it does not know',
    ours: 'leaves out what is not there',
    why: 'they are bytes without meaning',
    at: of('data.baseData.(properties|measurements|url|data)', 'tags.*'),
    when: ({ official, ours }) => (official === '{}' || official === '') && ours === undefined,
  },
  {
    area: 'every row',
    official: 'calculates times in fractions, so that some are a millisecond early or late',
    ours: 'whole milliseconds',
    why: 'a row belongs where it happened',
    at: of('time'),
    when: ({ official, ours, signal }) =>
      signal !== 'metrics' && Math.abs(Date.parse(ours) - Date.parse(official)) === 1,
  },
  {
    area: 'every row',
    official: 'a time that is none fails the batch; one in the far future is sent, and refused',
    ours: 'the time of the export, with the original as property `original_time`',
    why: 'the service refuses more than two hours ahead, and the row is worth more than its time',
    at: of('time', 'data.baseData.properties.original_time'),
    when: ({ row }) => row['data.baseData.properties.original_time'] !== undefined,
  },
  {
    area: 'every row',
    official: 'has no such option',
    ours: '`includeScope` adds `otel.scope.name` and `otel.scope.version`',
    why: 'every property is paid for, so only when asked for',
    at: data('properties.otel.scope.(name|version)'),
  },
  {
    area: 'log rows',
    official: 'keeps an error among the attributes as JSON, and takes its texts from its place',
    ours: 'makes the exception of it',
    why: 'an error is an error, wherever a logger puts it',
    at: data('properties.(err|error|exception)'),
  },
  {
    area: 'properties',
    official: 'leaves out what is on its lists, mapped or not, and all that begins with `microsoft` or `_MS.`',
    ours: 'leaves out what a field of this row shows, and keeps everything else',
    why: '`error.type`, `http.route`, protocols, ports and queries were lost',
    at: PROPERTY,
    when: difference => difference.official === undefined && given(difference) !== undefined,
  },
  {
    area: 'properties',
    official: 'repeats what it does not know under current or less common names',
    ours: 'shows it in a field, and there only',
    why: 'nothing is paid for twice',
    at: PROPERTY,
    when: difference =>
      difference.ours === undefined &&
      given(difference) !== undefined &&
      (isShown(difference) || isGrpcStatus(difference)),
  },
  {
    area: 'properties',
    official: 'writes bytes as a list of numbers or as an object, maps as `{}`, dates with quotes',
    ours: 'bytes as base64, maps as JSON, dates by ISO 8601; what is nested deeper than eight levels is left out',
    why: 'what cannot be read need not be sent',
    at: of('data.baseData.properties.value', 'data.baseData.message'),
    when: ({ attributes, body }) => typeof (attributes['value'] ?? body) === 'object',
  },
  {
    area: 'properties',
    official: 'sends halves of characters and the character zero as they are, and cuts by bytes',
    ours: 'replaces and removes them, and cuts by UTF-16 code units, never through a character',
    why: 'strict readers refuse the row; the limits of the service count characters',
    at: of('data.baseData.properties.*', 'data.baseData.message'),
    when: ({ official, ours }) =>
      official !== undefined && ours !== undefined && /[\0\ufffd]|\p{Surrogate}|[^\0-\x7f]/u.test(official),
  },
  {
    area: 'properties',
    official: 'sends keys of any length and any number of properties',
    ours: 'cuts keys to 150, numbers what that makes equal, and keeps 200 properties; counts what is cut',
    why: 'the service refuses or cuts the rest',
    at: PROPERTY,
    when: difference => keyOf(difference).length >= 150 || isBeyondCount(difference),
  },
  {
    area: 'properties',
    official: 'lets a property of its own take the place of an attribute of the same name',
    ours: 'numbers the second of them',
    why: 'nothing is lost',
    at: data('properties._MS.links001'),
  },
  {
    area: 'secrets',
    official:
      'sends user info of URLs, signatures in queries, headers with credentials, passwords and keys as they are',
    ours: 'takes user info out of every URL, masks the rest, and the whole query if `urlQuery` says so',
    why: 'secrets do not belong into telemetry',
    at: /^data\.baseData\./,
    when: difference => masked(difference) || isStripped(difference),
  },
  {
    area: 'users and sessions',
    official: 'sends tags of any length',
    ours: 'cuts tags to the limits of the schema',
    why: 'the service refuses or cuts the rest',
    at: of('tags.*'),
    when: cutAlike,
  },
  {
    area: 'users and sessions',
    official:
      'knows no other names of the address of the client than `network.peer.address` and `net.peer.ip`; on log rows none',
    ours: '`net.sock.peer.addr` too; on log rows `client.address`',
    why: 'instrumentations write it, and the exporters for Java and Python read it',
    at: of('tags.ai.location.ip'),
    when: ({ official }) => official === undefined,
  },
  {
    area: 'users and sessions',
    official: 'knows synthetic traffic by `user_agent.synthetic.type`',
    ours: "also by the user agent of Azure's availability tests, which holds `AlwaysOn`",
    why: 'they are the synthetic traffic that Azure itself makes',
    at: of('tags.ai.operation.syntheticSource'),
    when: ({ official }) => official === undefined,
  },
  {
    area: 'users and sessions',
    official: 'gives exceptions and messages of spans the session alone',
    ours: 'gives them user, session, address, synthetic source and operation name of their span',
    why: 'otherwise exceptions cannot be counted by user or operation',
    at: of('tags.ai.(user|location|operation).*'),
    when: ({ row, official }) => official === undefined && /Exception|Message/.test(row['name']),
  },
  {
    area: 'resources',
    official: 'leaves `device.manufacturer` out',
    ours: 'shows it as the maker of the device',
    why: 'the schema has a tag for it',
    at: of('tags.ai.device.oemName'),
  },
  {
    area: 'resources',
    official: 'asks the machine for its name',
    ours: 'asks the machine for its name',
    why: 'the corpus has a name of its own',
    at: of('tags.ai.cloud.roleInstance'),
    when: ({ ours }) => ours === 'host-1',
  },
  {
    area: 'requests and dependencies',
    official:
      'cuts trailing zeros off durations, rounds some up to 60 seconds, and sends more than 1000 days or `Infinity`',
    ours: 'whole ticks of 100 ns, at most `999.23:59:59.9999999`',
    why: 'the service refuses what is no TimeSpan',
    at: data('duration'),
    when: ({ signal }) => signal === 'spans',
  },
  {
    area: 'requests',
    official: 'gives a consumer no name and no operation name',
    ours: 'the name of its span',
    why: 'a defect: nobody can tell the rows apart',
    at: of('data.baseData.name', 'tags.ai.operation.name'),
    when: ({ kind, official }) => kind === 'CONSUMER' && official === undefined,
  },
  {
    area: 'requests',
    official: 'names a request without a route by the path of `url.full` alone, and prints the method `_OTHER`',
    ours: 'by the path of `url.path` and `http.target` too; `_OTHER` is shown as `HTTP`',
    why: 'servers write `url.path`; otherwise all their requests without a route have one name',
    at: of('data.baseData.name', 'tags.ai.operation.name'),
    when: difference =>
      difference.kind === 'SERVER' &&
      isHttp(difference) &&
      difference.ours !== difference.attributes['ai.operation.name'],
  },
  {
    area: 'requests',
    official: 'ignores `ai.operation.name` on a request',
    ours: 'takes it for the name of the operation; the request keeps its own',
    why: 'the exporters for .NET and Java do, and somebody chose the name',
    at: of('tags.ai.operation.name'),
    when: ({ kind, attributes }) => kind === 'SERVER' && attributes['ai.operation.name'] !== undefined,
  },
  {
    area: 'requests',
    official: 'loses port and query of a URL in parts, and takes the host of the client for that of the server',
    ours: 'the whole URL; a port that goes without saying is left out',
    why: 'a defect: different resources look alike',
    at: data('url'),
    when: ({ attributes }) => attributes['url.full'] === undefined && attributes['http.url'] === undefined,
  },
  {
    area: 'requests',
    official: 'sends URLs of any length',
    ours: 'cuts them to 2048',
    why: 'the limit of the schema',
    at: data('url'),
    when: cutAlike,
  },
  {
    area: 'requests',
    official:
      'shows the HTTP status of requests that name an HTTP method alone, and the status of gRPC by its old name',
    ours: 'shows it always; the status of any RPC, that of gRPC as a number, by old and current names',
    why: 'the column means the same for old and new instrumentations',
    at: data('responseCode'),
  },
  {
    area: 'requests and dependencies',
    official:
      'takes a dependency of status 400 and more for a success, and knows no exceptions from the rule for requests',
    ours: '400 and more is a failure for both, unless the span says otherwise or `successStatusCodes` lists it',
    why: 'the exporter for Java and the collector do; a 503 is no success',
    at: data('success'),
    when: ({ attributes }) => Number(attributes['http.response.status_code'] ?? attributes['http.status_code']) >= 400,
  },
  {
    area: 'requests and dependencies',
    official: 'joins the Event Hubs address, a scheme or slash included, with the destination',
    ours: 'the host alone',
    why: 'both ends have to write the same',
    at: data('target', 'source'),
    when: difference => azureService(difference) === 'Microsoft.EventHub',
  },
  {
    area: 'requests',
    official: 'has a source for Event Hubs alone, by their first names',
    ours: 'host and destination of every messaging system, the same text as the target of who sends',
    why: 'Azure Monitor joins the two by it',
    at: data('source'),
    when: isMessaging,
  },
  {
    area: 'requests',
    official: 'measures `timeSinceEnqueued` for Event Hubs alone, also when a link does not tell',
    ours: 'for every system whose links or span tell',
    why: 'a mean over some of the messages misleads',
    at: data('measurements.timeSinceEnqueued'),
  },
  {
    area: 'dependencies',
    official: 'names an HTTP call by the path of its URL alone, and prints the method `_OTHER`',
    ours: 'by a path in parts too; `_OTHER` is shown as `HTTP`',
    why: 'as for requests',
    at: data('name'),
    when: difference => difference.kind !== 'SERVER' && isHttp(difference),
  },
  {
    area: 'dependencies',
    official: 'takes work inside of a server for a call over HTTP when it has the method of its request',
    ours: '`InProc`, unless it names a server that it calls',
    why: 'frameworks give the method and path of a request to their hooks and handlers; as for Java and Python',
    at: data('type', 'data', 'resultCode'),
    when: difference => difference.row['data.baseData.type'] === 'InProc' && isHttp(difference),
  },
  {
    area: 'dependencies',
    official: 'takes the address of the client for a target',
    ours: 'never does',
    why: 'it is our own address',
    at: data('target'),
    when: ({ attributes, official, ours }) => attributes['client.address'] === official && ours === undefined,
  },
  {
    area: 'dependencies',
    official: 'shows the database of SQL Server with its instance',
    ours: 'without it',
    why: 'the bar already parts host and database',
    at: data('target'),
    when: ({ attributes }) => String(attributes['db.namespace']).includes('|'),
  },
  {
    area: 'dependencies',
    official: 'does not know the number of a Redis database',
    ours: 'shows it by its old name too',
    why: 'a row looks the same after an upgrade of an instrumentation',
    at: data('target'),
    when: ({ attributes }) => attributes['db.redis.database_index'] !== undefined,
  },
  {
    area: 'dependencies',
    official: 'shows no port in a target, or the whole URL with its query',
    ours: '`host`, with `:port` when it is not the default of the scheme or database; never a URL',
    why: 'two services on one host are two nodes of the Application Map, two queries to one are not; as for .NET, Java and Python',
    at: data('target'),
    when: difference =>
      difference.official !== undefined &&
      (isHttp(difference) || isDatabase(difference) || isRpc(difference)) &&
      sameHost(difference),
  },
  {
    area: 'dependencies',
    official: 'has no target but for HTTP, databases, the old names of RPC, and Event Hubs by their first names',
    ours: 'host and destination for messaging; the host, or else the system, for everything that is called',
    why: 'the Application Map shows a node for each name otherwise',
    at: data('target'),
    when: difference =>
      (difference.official === undefined || isMessaging(difference)) &&
      ['CLIENT', 'PRODUCER', 'INTERNAL'].includes(difference.kind) &&
      azureService(difference) !== 'Microsoft.EventHub',
  },
  {
    area: 'dependencies',
    official: 'calls work inside the process without a parent a dependency',
    ours: '`InProc`, with or without a parent',
    why: 'the Application Map shows a node for each of its names otherwise; as for .NET, Java and Python',
    at: data('type'),
    when: ({ kind, official, ours }) => kind === 'INTERNAL' && official === 'Dependency' && ours.startsWith('InProc'),
  },
  {
    area: 'dependencies',
    official: 'knows the old names of SQL databases',
    ours: 'old and current names: `microsoft.sql_server`, `oracle.db`, `ibm.db2`, `h2database` are `SQL`',
    why: 'a row looks the same after an upgrade of an instrumentation',
    at: data('type'),
    when: difference => isDatabase(difference) && difference.ours === 'SQL',
  },
  {
    area: 'dependencies',
    official: 'calls every RPC `GRPC`, and knows old names alone',
    ours: '`GRPC` for gRPC, `WCF Service` for WCF, the name of the system for all others; old and current names',
    why: 'an S3 call is no gRPC call',
    at: data('type'),
    when: difference => isRpc(difference) && !isDatabase(difference) && !isMessaging(difference),
  },
  {
    area: 'dependencies',
    official: 'shows neither method nor status of an RPC, but the old status of gRPC',
    ours: '`service/method` as data; the status, that of gRPC as a number',
    why: 'otherwise all calls to a service look alike',
    at: data('data', 'resultCode'),
    when: isRpc,
  },
  {
    area: 'dependencies',
    official: 'calls messaging `Queue Message` or `Dependency`',
    ours: '`Queue Message | <system>` for sending, `<system>` for the rest; of an Azure SDK the Azure service',
    why: 'the portal has icons for them; as for Java and Python',
    at: data('type'),
    when: isMessaging,
  },
  {
    area: 'dependencies',
    official: 'shows the Azure service for work inside the process and for Event Hubs alone, by one name',
    ours: 'for every call about which no more is known, by both names',
    why: 'as for .NET and Python',
    at: data('type'),
    when: difference => azureService(difference) !== undefined,
  },
  {
    area: 'dependencies',
    official: 'does not know generative AI',
    ours: 'its provider as the type, and as the target where no host is known',
    why: 'as for Python',
    at: data('type'),
    when: isGenerativeAi,
  },
  {
    area: 'dependencies',
    official: 'shows no status of a database',
    ours: 'shows `db.response.status_code`',
    why: 'it tells a missing row from a broken connection',
    at: data('resultCode'),
    when: isDatabase,
  },
  {
    area: 'requests and dependencies',
    official: 'sends an empty name',
    ours: '`n/a`',
    why: 'the schema requires a name',
    at: data('name', 'message'),
    when: ({ official, ours }) => official === '' && ours === 'n/a',
  },
  {
    area: 'requests and dependencies',
    official: 'loses the description of a status, and the trace state',
    ours: 'properties `otel.status_description` and `w3c.tracestate`',
    why: 'it often is the only word about why something failed',
    at: data('properties.(otel.status_description|w3c.tracestate)'),
    when: ({ official }) => official === undefined,
  },
  {
    area: 'requests and dependencies',
    official: 'sends any number of links, cut in the middle of the JSON',
    ours: 'the first hundred, whole',
    why: 'half a JSON shows no link at all',
    at: data('properties._MS.links'),
  },
  {
    area: 'sampling',
    official: 'sends whatever stands in `microsoft.sample_rate`; log rows always have 100',
    ours: 'above 0 and at most 100; log rows have theirs when `TraceBasedLogProcessor` wrote it',
    why: 'a row stands for 100 / rate rows',
    at: of('sampleRate'),
  },
  {
    area: 'exceptions',
    official: 'writes `undefined` for a missing type or stack, and calls every stack whole',
    ours: '`Error`, the type for a missing message, no stack; `hasFullStack` when there is one and it is whole',
    why: 'the service groups by these',
    at: data('exceptions[].(typeName|message|stack|hasFullStack)'),
    when: ({ official = '' }) => ['undefined', '', ' ', 'Exception', 'true'].includes(official),
  },
  {
    area: 'exceptions',
    official: 'sends the text of a stack alone',
    ours: 'its frames too, and causes as exceptions of their own, at most ten',
    why: 'the portal shows frames and causes apart',
    at: data('exceptions[].(parsedStack[].*|id|outerId|typeName|message|stack|hasFullStack)'),
  },
  {
    area: 'exceptions',
    official: 'gives exceptions of spans no severity',
    ours: '`Error`',
    why: 'alerts filter by it',
    at: data('severityLevel'),
    when: ({ signal }) => signal === 'spans',
  },
  {
    area: 'log rows',
    official: 'ignores the text of a severity',
    ours: 'reads it where the number says nothing',
    why: 'some loggers give the text alone',
    at: data('severityLevel'),
    when: ({ signal, official }) => signal === 'logs' && (official === undefined || /^\d$/.test(official)),
  },
  {
    area: 'log rows',
    official: 'ignores the name of an event, and what else a body says',
    ours: 'property `event.name`, which stands for a missing body too; property `Logger Message`',
    why: 'the name is what an event is about',
    at: data('properties.(event.name|Logger Message)', 'message'),
    when: ({ signal, row }) => signal === 'logs' && /Message|Exception|Event|Availability/.test(row['name']),
  },
  {
    area: 'log rows',
    official:
      'drops a record with a type or message of an exception but no stack, and a classic record it does not know',
    ours: 'an exception, or a message; a marked record is an event, an unreadable availability result a message',
    why: 'nothing is lost silently',
    at: /^(name|data\..*)$/,
    when: ({ signal, row, officialRow }) => signal === 'logs' && row['name'] !== officialRow['name'],
  },
  {
    area: 'log rows',
    official: 'sends a classic record as it is',
    ours: 'checks it field by field; what is left is a property',
    why: 'the service refuses a row with one wrong field',
    at: /^data\./,
    when: ({ attributes }) => attributes['_MS.baseType'] !== undefined,
  },
  {
    area: 'log rows',
    official: 'sends a duration in milliseconds as it is, and names longer than the schema has them',
    ours: 'a TimeSpan, and names cut to 512',
    why: 'the service refuses the row',
    at: data('duration', 'name'),
    when: ({ signal }) => signal === 'logs',
  },
  {
    area: 'log rows',
    official: 'takes measurements from `microsoft.custom_measurements` alone for some rows',
    ours: 'from it and from the body of a classic record',
    why: 'the classic SDK put them there',
    at: data('measurements.*'),
    when: ({ signal }) => signal === 'logs',
  },
  {
    area: 'log rows',
    official: 'gives a record without a time the year 1970, and an availability result the time of its record',
    ours: 'the time at which it was observed; `microsoft.availability.testTimestamp`, as for .NET',
    why: 'a row belongs where it happened',
    at: of('time'),
    when: ({ signal }) => signal === 'logs',
  },
  {
    area: 'metrics',
    official: 'gives every point the time of its export',
    ours: 'the end of its own interval',
    why: 'a point belongs to the minute in which it was measured',
    at: of('time'),
    when: ({ signal }) => signal === 'metrics',
  },
  {
    area: 'metrics',
    official: 'renames instruments that are called like its performance counters, and sends names of any length',
    ours: 'keeps the name, cut to 1024',
    why: 'it is the user’s instrument',
    at: data('metrics[].name'),
  },
  {
    area: 'metrics',
    official:
      'sends counts above 2,147,483,647 and `null` for a minimum or maximum that is no number; has no namespace',
    ours: 'leaves them out; the option `metricNamespace`',
    why: 'the schema has 32 bits for a count, and numbers',
    at: data('metrics[].(count|ns|min|max)'),
  },
];

/** Rows that only one of the two sends, by the folder of the corpus: these lost them, or should never have sent them. */
export const ROW_DIFFERENCES = [
  {
    area: 'every row',
    official: 'loses the whole batch when one time or number in it is impossible',
    ours: 'the others arrive',
    why: 'an item costs itself alone',
    when: ({ failed }) => failed,
  },
  {
    area: 'log rows',
    official: 'drops records that it cannot read',
    ours: 'makes messages of them',
    why: 'nothing is lost silently',
    when: ({ signal, officialCount, count }) => signal === 'logs' && officialCount < count,
  },
  {
    area: 'metrics',
    official: 'sends empty histograms and points that are no numbers, as 0 or `null`',
    ours: 'leaves them out; with `dropZeroSums` also sums that did not change',
    why: 'they are read as zeros',
    when: ({ signal, officialCount, count }) => signal === 'metrics' && officialCount > count,
  },
];

function isGrpcStatus({ at, attributes }) {
  return at.endsWith('.rpc.response.status_code') && attributes['rpc.system.name'] === 'grpc';
}

/** Whole, or as far as a limit lets it be. */
function holds(value, part) {
  if (value.toLowerCase().includes(part.toLowerCase())) return true;
  return value.length > 100 && part.startsWith(value);
}

/** Among more than 200 attributes, not one of the first 200. */
function isBeyondCount({ attributes, at }) {
  return Object.keys(attributes).indexOf(at.replace(PROPERTY, '')) >= 200;
}

function isStripped({ official = '', ours = '' }) {
  return official.includes('?') && official.startsWith(`${ours}?`);
}

function sameHost({ official, ours = '' }) {
  const [host] = ours.split(/[:|]/);
  return official.includes(host.replace(/^\[/, ''));
}
