/*
 * What a value costs that nobody meant to send: each is mapped and encoded a few times in a span or a log record, and
 * the median is printed. Limits are read first, so that all of them should stay below about a millisecond.
 *
 *   node --import tsx bench/huge-values.ts
 */
import { bytesOf } from '../src/delivery/item.ts';
import { ItemWriter, type Row } from '../src/envelope/item.ts';
import type { MappingContext } from '../src/mapping/context.ts';
import { logToRow } from '../src/mapping/log.ts';
import { Omissions } from '../src/mapping/omissions.ts';
import type { ReadableLogRecord, ReadableSpan } from '../src/mapping/opentelemetry.ts';
import { spanToRows } from '../src/mapping/span.ts';
import { makeLogRecord } from '../test/mapping/make-log-record.ts';
import { makeSpan } from '../test/mapping/make-span.ts';
import { mappingContext } from '../test/mapping/mapping-context.ts';

const ROUNDS = 21;
const LENGTH = 10_000_000;
const CONTEXT: MappingContext = mappingContext();

const digits = '1'.repeat(LENGTH);
const letters = 'x'.repeat(LENGTH);
const bytes = Buffer.alloc(LENGTH / 2, 'x');

/** Texts that are hard on the search for secrets, as long as the longest field. */
const hostile = [
  'password="',
  'eyJ-',
  'a=',
  '%253D',
  '//a:b@',
  '--password ',
  'a/b@',
  ']%5D=',
  '\\"',
  'authorization: ',
].map(unit => unit.repeat(34_000 / unit.length));

const spans: [string, ReadableSpan][] = [
  ['nothing special', makeSpan({ attributes: { a: 1 } })],
  ['attribute of 10 MB', makeSpan({ attributes: { a: letters } })],
  ['key of 10 MB', makeSpan({ attributes: { [letters]: 1 } })],
  ['key of 10 MB with user info', makeSpan({ attributes: { [`https://a:b@${letters}`]: 1 } })],
  ['status code of 10 MB of digits', makeSpan({ kind: 1, attributes: { 'http.response.status_code': digits } })],
  ['port of 10 MB of digits', makeSpan({ kind: 2, attributes: { 'server.address': 'a', 'server.port': digits } })],
  ['time of 10 MB of digits', makeSpan({ startTime: [digits, 0] as never })],
  ['bytes of 5 MB', makeSpan({ attributes: { a: bytes } })],
  ['name of 10 MB', makeSpan({ name: letters })],
  ...hostile.map((text): [string, ReadableSpan] => [
    `${text.slice(0, 12)}…`,
    makeSpan({ kind: 2, attributes: { a: text } }),
  ]),
];
const classic = { '_MS.baseType': 'MessageData' };
const logs: [string, ReadableLogRecord][] = [
  ['body of 10 MB', makeLogRecord({ body: letters })],
  ['measurements of 10 MB', makeLogRecord({ body: 'x', attributes: { 'microsoft.custom_measurements': digits } })],
  ['classic properties of 5 MB', makeLogRecord({ body: { message: 'x', properties: bytes }, attributes: classic })],
  ['stack of 10 MB', makeLogRecord({ attributes: { 'exception.type': 'E', 'exception.stacktrace': letters } })],
];

for (const [what, span] of spans) print(what, () => toItems(spanToRows(span, fresh())));
for (const [what, record] of logs) print(what, () => toItems([logToRow(record, fresh())]));

function toItems(rows: readonly Row[]): readonly Uint8Array[] {
  const writer = new ItemWriter();
  for (const row of rows) writer.write(row);
  return writer.items.map(bytesOf);
}

function fresh(): MappingContext {
  return { ...CONTEXT, omissions: new Omissions() };
}

function print(what: string, map: () => readonly Uint8Array[]): void {
  const millis: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    map();
    millis.push(performance.now() - start);
  }
  const median = millis.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  console.log(`${median.toFixed(2).padStart(9)} ms  ${what}`);
}
