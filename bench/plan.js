/*
 * What is measured: each group is one program, run for every contender in turn, round by round, and the rows that its
 * figures become in the table.
 */

/** What the same work costs the official exporter is 1. Where a row names none, no figure was asked for. */
const EVERYBODY = ['official', 'ours', 'otlp-http', 'otlp-proto'];

/** Programs get `args(contender, port)`; a group that is counted must see all its items arrive. */
export function planOf(isShort) {
  const pick = (full, short) => (isShort ? short : full);
  return [
    ...['spans', 'server', 'client', 'database', 'exception', 'logs', 'metrics'].map(kind => ({
      title: `Conversion and serialization, ${TITLES[kind]}`,
      program: 'conversion.js',
      args: contender => [contender, kind, pick(300, 40)],
      contenders: kind === 'spans' || kind === 'logs' || kind === 'metrics' ? EVERYBODY : ['official', 'ours'],
      rounds: pick(CONVERSION_TARGETS[kind] === undefined ? 2 : 3, kind === 'spans' ? 2 : 1),
      rows: [
        { metric: 'micros', title: 'CPU', unit: 'µs', target: CONVERSION_TARGETS[kind] },
        ...(kind === 'spans' ? [{ metric: 'bytes', title: 'encoded', unit: 'bytes', digits: 0 }] : []),
      ],
    })),
    ...['spans', 'logs', 'metrics'].map(signal => ({
      title: `End to end, batches of 512 ${TITLES[signal]}`,
      program: 'batches.js',
      args: (contender, port) => [contender, signal, pick(signal === 'spans' ? 120 : 60, 12), port],
      contenders: signal === 'spans' ? ['official', 'ours', 'ready', 'otlp-http', 'otlp-proto'] : EVERYBODY,
      isCounted: true,
      rounds: pick(3, 1),
      rows: [
        {
          metric: 'medianMicros',
          title: 'CPU, median batch',
          unit: 'µs',
          target: signal === 'spans' ? 0.5 : undefined,
        },
        { metric: 'meanMicros', title: 'CPU, mean', unit: 'µs', target: signal === 'spans' ? 0.65 : undefined },
        {
          metric: 'mainMicros',
          title: 'CPU of the main thread',
          unit: 'µs',
          target: signal === 'spans' ? 0.55 : undefined,
        },
        { metric: 'wallMicros', title: 'time', unit: 'µs' },
        { metric: 'wireBytes', title: 'on the wire', unit: 'bytes', digits: 0 },
        { metric: 'peakMegabytes', title: 'peak memory of the process', unit: 'MB', digits: 0 },
      ],
    })),
    ...[1000, 5000, 20_000].map(rate => ({
      title: `${rate / 1000},000 spans a second through a BatchSpanProcessor`,
      program: 'event-loop.js',
      args: (contender, port) => [contender, rate, pick(3, 1), port],
      contenders: ['no-op', 'official', 'ours', 'processor', 'otlp-http'],
      isCounted: true,
      rounds: pick(2, rate === 20_000 ? 1 : 0),
      rows: [
        { metric: 'p50Millis', title: 'event-loop delay, p50', unit: 'ms' },
        { metric: 'p99Millis', title: 'event-loop delay, p99', unit: 'ms' },
        {
          metric: 'p99Millis',
          title: 'p99 above no-op',
          unit: 'ms',
          above: true,
          target: rate === 20_000 ? 0.5 : undefined,
        },
        { metric: 'maxMillis', title: 'event-loop delay, maximum', unit: 'ms', digits: 1 },
        { metric: 'cpuMicros', title: 'CPU above no-op, a span', unit: 'µs', digits: 1, above: true },
        { metric: 'growthMegabytes', title: 'memory growth', unit: 'MB', digits: 0 },
      ],
    })),
    {
      title: 'Import, in a process that has the SDKs',
      program: 'start.js',
      args: contender => [contender],
      contenders: ['no-op', ...EVERYBODY],
      rounds: pick(9, 2),
      rows: [
        { metric: 'cpuMillis', title: 'CPU', unit: 'ms', digits: 1, target: 0.1 },
        { metric: 'millis', title: 'time', unit: 'ms', digits: 1 },
        { metric: 'megabytes', title: 'memory', unit: 'MB', digits: 1 },
      ],
    },
    {
      title: 'From the import to the first 512 spans sent',
      program: 'first-batch.js',
      args: (contender, port) => [contender, port],
      contenders: EVERYBODY,
      isCounted: true,
      rounds: pick(5, 1),
      rows: [
        { metric: 'cpuMillis', title: 'CPU', unit: 'ms', digits: 0 },
        { metric: 'millis', title: 'time', unit: 'ms', digits: 0 },
        { metric: 'megabytes', title: 'memory', unit: 'MB', digits: 0 },
      ],
    },
    ...GROWTH.map(({ title, kind, spans, calls, rounds }) => ({
      title: `One call with ${title}`,
      program: 'growth.js',
      args: (contender, port) => [contender, kind, spans, calls, port],
      contenders: ['official', 'ours'],
      isCounted: true,
      rounds: pick(rounds, spans === 1000 ? 1 : 0),
      rows: [
        { metric: 'micros', title: 'CPU, a span', unit: 'µs', digits: 1 },
        { metric: 'mainMicros', title: 'CPU of the main thread, a span', unit: 'µs', digits: 1 },
        { metric: 'stallMillis', title: 'longest stall of the event loop', unit: 'ms', digits: 0 },
        { metric: 'megabytes', title: 'memory growth', unit: 'MB', digits: 0 },
      ],
    })),
  ].filter(({ rounds }) => rounds > 0);
}

const TITLES = {
  spans: 'spans',
  server: 'HTTP server span',
  client: 'HTTP client span',
  database: 'database span',
  exception: 'server span with an exception',
  logs: 'log records',
  metrics: 'metric points',
};

const CONVERSION_TARGETS = { spans: 0.45, logs: 0.6, metrics: 0.6 };

const GROWTH = [
  { title: '100 spans', kind: 'mixed', spans: 100, calls: 9, rounds: 2 },
  { title: '1,000 spans', kind: 'mixed', spans: 1000, calls: 9, rounds: 2 },
  { title: '10,000 spans', kind: 'mixed', spans: 10_000, calls: 5, rounds: 2 },
  { title: '100,000 spans', kind: 'mixed', spans: 100_000, calls: 1, rounds: 2 },
  { title: '512 spans of 50 attributes of 1 KB', kind: 'wide', spans: 512, calls: 5, rounds: 2 },
  { title: '2,000 spans of 50 attributes of 1 KB', kind: 'wide', spans: 2000, calls: 3, rounds: 2 },
];
