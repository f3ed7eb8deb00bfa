import type { Batch, Run } from './batch.ts';

/**
 * The largest file that is read. Several times what a request body may be, so that only what is not ours is larger.
 */
export const MAX_FILE_BYTES: number = 4 * 1024 * 1024;

/** `azmb1 <checksum> <JSON>\n<body>`. The checksum, in eight hexadecimal digits, is of all that follows it. */
const MAGIC = 'azmb1 ';
const CHECKSUM_END = MAGIC.length + 9;
const LINE_END = 0x0a;

/**
 * Writes a batch as the content of a file, in pieces so that the body is not copied.
 *
 * `destination` says for whom the items are; {@link decodeFile} wants to hear the same.
 */
export function encodeFile({ body, lengths, runs }: Batch, destination: string): Uint8Array[] {
  const facts = { for: destination, lengths, runs: runs.map(({ kind, count }) => [kind, count]) };
  const line = Buffer.from(`${JSON.stringify(facts)}\n`);
  const checksum = formatChecksum(crc32(body, crc32(line)));
  return [Buffer.from(`${MAGIC}${checksum} `), line, body];
}

/** Reads what {@link encodeFile} wrote; `undefined` when a single bit of it is different, or it is for somebody else. */
export function decodeFile(content: Uint8Array, destination: string): Batch | undefined {
  const head = Buffer.from(content.subarray(0, CHECKSUM_END)).toString('latin1');
  const checked = content.subarray(CHECKSUM_END);
  if (head !== `${MAGIC}${formatChecksum(crc32(checked))} `) return undefined;
  const end = checked.indexOf(LINE_END);
  const facts = parseFacts(Buffer.from(checked.subarray(0, end)).toString());
  if (facts === undefined || facts.for !== destination) return undefined;
  return { body: checked.subarray(end + 1), lengths: facts.lengths, runs: facts.runs };
}

function formatChecksum(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

interface Facts {
  readonly for: string;
  readonly lengths: readonly number[];
  readonly runs: readonly Run[];
}

/** The checksum keeps accidents out; the checks here, what a later version may write. */
function parseFacts(line: string): Facts | undefined {
  try {
    const { for: destination, lengths, runs } = JSON.parse(line) as Record<string, unknown>;
    if (typeof destination !== 'string' || !Array.isArray(lengths) || !Array.isArray(runs)) return undefined;
    if (!lengths.every(isCount) || !runs.every(isRun)) return undefined;
    const items = runs.reduce((total, [, count]) => total + count, 0);
    if (items !== lengths.length) return undefined;
    return { for: destination, lengths, runs: runs.map(([kind, count]) => ({ kind, count })) };
  } catch {
    return undefined; // No JSON at all.
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRun(value: unknown): value is [kind: string, count: number] {
  return Array.isArray(value) && value.length === 2 && /^[a-z]$/.test(String(value[0])) && isCount(value[1]);
}

/** Of `node:zlib`, which takes Node.js as long to load as all of this library: not before there is something to check. */
function crc32(data: string | Uint8Array, value?: number): number {
  return process.getBuiltinModule('node:zlib').crc32(data, value);
}
