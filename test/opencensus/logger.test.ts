import { expect } from 'chai';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { LogLevel } from '../../src/opencensus/log-level.ts';
import type { LogHandler, LogRecord } from '../../src/opencensus/log-record.ts';
import { getLogger, Logger } from '../../src/opencensus/logger.ts';
import { AlwaysOnSampler } from '../../src/opencensus/sampler.ts';
import { Tracer } from '../../src/opencensus/tracer.ts';
import { warningsOf } from './captured-warnings.ts';
import { CollectedSpans } from './collected-spans.ts';

/** Keeps what it is given. */
class Records implements LogHandler {
  level?: number;
  readonly records: LogRecord[] = [];

  handle(record: LogRecord): void {
    this.records.push(record);
  }

  get lines(): string[] {
    return this.records.map(({ name, levelName, message }) => `${name} ${levelName} ${message}`);
  }
}

describe('a logger', () => {
  it('is the same one for a name, also for another copy of this library', async () => {
    const url = new URL('../../src/opencensus/logger.ts?another-copy', import.meta.url);
    const other = (await import(url.href)) as { getLogger: typeof getLogger; Logger: typeof Logger };
    const records = withHandler('copies');
    expect(other.Logger).to.not.equal(Logger);
    expect(other.getLogger('copies')).to.equal(getLogger('copies'));
    other.getLogger('copies.other').warning('from the other copy');
    expect(records.lines).to.deep.equal(['copies.other WARNING from the other copy']);
  });

  it('lets WARNING and above through, as the root says', () => {
    const records = withHandler('levels');
    logAll(getLogger('levels'));
    expect(records.lines).to.deep.equal(['levels WARNING w', 'levels ERROR e', 'levels CRITICAL c']);
  });

  it('takes its level from the nearest logger above that has one', () => {
    const records = withHandler('near');
    getLogger('near').setLevel('ERROR');
    getLogger('near.db').setLevel(LogLevel.DEBUG);
    logAll(getLogger('near.web'));
    logAll(getLogger('near.db.pool'));
    expect(records.lines).to.deep.equal([
      'near.web ERROR e',
      'near.web CRITICAL c',
      'near.db.pool DEBUG d',
      'near.db.pool INFO i',
      'near.db.pool WARNING w',
      'near.db.pool ERROR e',
      'near.db.pool CRITICAL c',
    ]);
  });

  it('hands messages to its own handlers and those above, until one does not propagate', () => {
    const [top, middle, bottom] = ['chain', 'chain.a', 'chain.a.b'].map(withHandler);
    getLogger('chain.a.b').warning('all');
    getLogger('chain.a').propagate = false;
    getLogger('chain.a.b').warning('two');
    expect([top, middle, bottom].map(records => records?.records.map(({ message }) => message))).to.deep.equal([
      ['all'],
      ['all', 'two'],
      ['all', 'two'],
    ]);
  });

  it('hands a handler only what its level takes, and nothing after it was removed', () => {
    const records = withHandler('handler');
    records.level = LogLevel.ERROR;
    getLogger('handler').warning('below');
    getLogger('handler').error('taken');
    getLogger('handler').removeHandler(records);
    getLogger('handler').propagate = false;
    silently(() => getLogger('handler').error('gone'));
    expect(records.lines).to.deep.equal(['handler ERROR taken']);
  });

  it('hands over what was thrown, and what a message brings along', () => {
    const records = withHandler('extra');
    const error = new TypeError('no such thing');
    getLogger('extra').exception(error);
    getLogger('extra').exception('a text', 'Captured.', { customDimensions: { a: 1 } });
    getLogger('extra').log(25, 'between');
    expect(
      records.records.map(({ level, levelName, message, thrown, extra }) => ({
        level,
        levelName,
        message,
        thrown,
        extra,
      })),
    ).to.deep.equal([
      { level: 40, levelName: 'ERROR', message: 'no such thing', thrown: { error }, extra: {} },
      {
        level: 40,
        levelName: 'ERROR',
        message: 'Captured.',
        thrown: { error: 'a text' },
        extra: { customDimensions: { a: 1 } },
      },
    ]);
  });

  it('goes on when a handler throws', () => {
    const failing: LogHandler = {
      handle: () => {
        throw new Error('broken');
      },
    };
    getLogger('broken').addHandler(failing);
    const records = withHandler('broken');
    expect(warningsOf(() => getLogger('broken').warning('text'))).to.deep.equal(['A log handler threw']);
    expect(records.lines).to.deep.equal(['broken WARNING text']);
  });

  it('prints to stderr what matters while there is no handler, and nothing once there is one', () => {
    const logger = getLogger('last.resort');
    const lines = silently(() => {
      logAll(logger);
      withHandler('last');
      logAll(logger);
    });
    expect(lines).to.deep.equal(['w', 'e', 'c']);
  });

  it('refuses a level that there is not', () => {
    expect(() => getLogger('x').setLevel('LOUD' as 'INFO')).to.throw(RangeError, "Unknown level: 'LOUD'");
  });

  it('sees the span of each of 100 overlapping asynchronous calls', async () => {
    const records = withHandler('spans');
    const tracer = new Tracer({ sampler: new AlwaysOnSampler(), exporter: new CollectedSpans() });
    const ids = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        tracer.span('work', async span => {
          await sleep(i % 7);
          getLogger('spans').warning(span.spanId);
          return span.spanId;
        }),
      ),
    );
    const seen = records.records.map(({ message, context }) => [message, trace.getSpanContext(context)?.spanId]);
    expect(new Set(ids).size).to.equal(100);
    expect(seen.filter(([message, spanId]) => message !== spanId)).to.deep.equal([]);
    expect(seen).to.have.length(100);
  });
});

function withHandler(name: string): Records {
  const records = new Records();
  getLogger(name).addHandler(records);
  return records;
}

function logAll(logger: Logger): void {
  logger.debug('d');
  logger.info('i');
  logger.warning('w');
  logger.error('e');
  logger.critical('c');
}

/** What `work` prints to stderr by `console.error`. */
function silently(work: () => void): string[] {
  const lines: string[] = [];
  const error = mock.method(console, 'error', (line: unknown) => lines.push(String(line)));
  try {
    work();
  } finally {
    error.mock.restore();
  }
  return lines;
}
