/** What loggers call one severity, and from which number on they mean it. */
interface Level {
  /** https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
  readonly severityNumber: number;
  /** In winston (npm's, syslog's and the command line's levels), pino, bunyan, log4js and the console. */
  readonly names: readonly string[];
  readonly pinoAndBunyan?: number;
  readonly log4js?: number;
}

/**
 * The one table of levels, the gravest first. The numbers are those of OpenTelemetry's own instrumentations for winston,
 * pino and bunyan, so that rows look the same whichever of them sends.
 *
 * Azure shows from 1 on Verbose, from 9 on Information, from 13 on Warning, from 17 on Error, from 21 on Critical.
 */
const LEVELS: readonly Level[] = [
  { severityNumber: 23, names: ['emerg'] },
  { severityNumber: 22, names: ['alert'] },
  { severityNumber: 21, names: ['fatal', 'crit'], pinoAndBunyan: 60, log4js: 50_000 },
  { severityNumber: 17, names: ['error'], pinoAndBunyan: 50, log4js: 40_000 },
  { severityNumber: 13, names: ['warn', 'warning'], pinoAndBunyan: 40, log4js: 30_000 },
  { severityNumber: 11, names: ['help'] },
  { severityNumber: 10, names: ['notice', 'data'] },
  { severityNumber: 9, names: ['info', 'log', 'mark'], pinoAndBunyan: 30, log4js: 20_000 },
  { severityNumber: 7, names: ['http'] },
  { severityNumber: 6, names: ['verbose'] },
  { severityNumber: 5, names: ['debug'], pinoAndBunyan: 20, log4js: 10_000 },
  { severityNumber: 4, names: ['prompt'] },
  { severityNumber: 2, names: ['input'] },
  { severityNumber: 1, names: ['trace', 'silly'], pinoAndBunyan: -Infinity, log4js: -Infinity },
];

const SEVERITY_BY_NAME = new Map(
  LEVELS.flatMap(({ severityNumber, names }) => names.map(name => [name, severityNumber])),
);

/** The severity of a level by its name, in upper case or lower; `undefined` for a name that no logger has of itself. */
export function severityOfName(name: string): number | undefined {
  return SEVERITY_BY_NAME.get(name.toLowerCase());
}

/** The severity of a level by its number, that of the next level below where it is none of the logger's own. */
export function severityOfNumber(level: number, logger: 'pinoAndBunyan' | 'log4js'): number | undefined {
  return LEVELS.find(row => level >= (row[logger] ?? Infinity))?.severityNumber;
}

/** The name of a level of pino and bunyan by its number; `undefined` for one that they have not of themselves. */
export function nameOfNumber(level: number): string | undefined {
  // Below trace there is no level: its number is not in the table, since all that is lower is trace too.
  return level === 10 ? 'trace' : LEVELS.find(row => row.pinoAndBunyan === level)?.names[0];
}

/**
 * The least severity that a handler with this option takes; all when it is absent.
 *
 * @throws RangeError for a name that no logger has of itself.
 */
export function toLeastSeverity(level: string | undefined): number {
  const severity = level === undefined ? 0 : severityOfName(level);
  if (severity === undefined)
    throw new RangeError(`level: expected the name of a level such as "warn", found "${level}"`);
  return severity;
}
