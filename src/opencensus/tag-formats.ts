import { diag } from '@opentelemetry/api';
import { TagMap, type Tag } from './tag-map.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

const VERSION_ID = 0;
const TAG_FIELD_ID = 0;
/** Of all keys and values together, in both formats. */
const MAX_CHARACTERS = 8192;
/** Of one key and its value, in the text format. */
const MAX_TAG_CHARACTERS = 4096;
const MAX_TAGS = 180;
/** Of a 32-bit number. */
const MAX_VARINT_BYTES = 5;

/**
 * OpenCensus's binary form of tags: version 0, then for each tag `0`, the length of the key, the key, the length of the
 * value, the value; lengths are varints.
 *
 * <https://github.com/census-instrumentation/opencensus-specs/blob/master/encodings/BinaryEncoding.md>
 */
export class BinarySerializer {
  /** `null`, with a warning, when keys and values have more than 8192 characters together. */
  toByteArray(tags: TagMap): Uint8Array | null {
    if (countCharacters(tags) > MAX_CHARACTERS) {
      log.warn('Size of the tag context exceeds the maximum size');
      return null;
    }
    const fields = [...tags].flatMap(([key, value]) => [TAG_FIELD_ID, ...encodeText(key), ...encodeText(value)]);
    return Uint8Array.from([VERSION_ID, ...fields]);
  }

  /**
   * Reads up to the first field that is not known, and no more than 8192 characters. No bytes are no tags.
   *
   * @throws RangeError for another version, for bytes that end too soon, and for what no tag may be.
   */
  fromByteArray(bytes: Uint8Array): TagMap {
    const tags = new TagMap();
    if (bytes.length === 0) return tags;
    if (bytes[0] !== VERSION_ID) throw new RangeError('Invalid version id.');
    let position = 1;
    let characters = 0;
    while (bytes[position] === TAG_FIELD_ID) {
      const key = decodeText(bytes, position + 1);
      const value = decodeText(bytes, key.end);
      characters += key.text.length + value.text.length;
      if (characters > MAX_CHARACTERS) {
        log.warn('Size of the tag context exceeds maximum');
        return tags;
      }
      tags.insert(key.text, value.text);
      position = value.end;
    }
    return tags;
  }
}

/**
 * Writes tags as the text `key1=value1,key2=value2`, as OpenCensus for Node.js does.
 *
 * @throws RangeError for more than 180 tags, 4096 characters in a tag or 8192 in all.
 */
export function serializeTextFormat(tags: TagMap): string {
  const list = [...tags];
  if (list.some(([key, value]) => key.length + value.length > MAX_TAG_CHARACTERS))
    throw new RangeError(`Serialized size of tag exceeds limit ${MAX_TAG_CHARACTERS}`);
  if (list.length > MAX_TAGS) throw new RangeError(`Number of tags in the TagMap exceeds limit ${MAX_TAGS}`);
  if (countCharacters(list) > MAX_CHARACTERS)
    throw new RangeError(`Size of TagMap exceeds the maximum serialized size ${MAX_CHARACTERS}`);
  return list.map(([key, value]) => `${key}=${value}`).join(',');
}

/**
 * Reads tags from the text `key1=value1,key2=value2`. A key that comes again takes the later value.
 *
 * @throws RangeError for a part that is no `key=value`, and for what no tag may be.
 */
export function deserializeTextFormat(text: string): TagMap {
  if (text === '') return new TagMap();
  return new TagMap(text.split(',').map(parseTag));
}

function parseTag(text: string): Tag {
  const [key, value, ...more] = text.split('=');
  if (key === undefined || value === undefined || more.length > 0) throw new RangeError(`Malformed tag ${text}`);
  return [key, value];
}

function countCharacters(tags: Iterable<Tag>): number {
  return [...tags].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}

/** Tags are ASCII: a character is a byte. */
function encodeText(text: string): number[] {
  return [...encodeVarint(text.length), ...Buffer.from(text, 'latin1')];
}

function decodeText(bytes: Uint8Array, position: number): { text: string; end: number } {
  const { value: length, end: start } = decodeVarint(bytes, position);
  const end = start + length;
  if (end > bytes.length) throw endsTooSoon();
  return { text: Buffer.from(bytes.subarray(start, end)).toString('latin1'), end };
}

function encodeVarint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...encodeVarint(value >>> 7)];
}

function decodeVarint(bytes: Uint8Array, position: number): { value: number; end: number } {
  let value = 0;
  for (let i = 0; i < MAX_VARINT_BYTES; i += 1) {
    const byte = bytes[position + i];
    if (byte === undefined) throw endsTooSoon();
    value += (byte & 0x7f) * 0x80 ** i;
    if (byte < 0x80) return { value, end: position + i + 1 };
  }
  throw new RangeError('varint too long');
}

function endsTooSoon(): RangeError {
  return new RangeError('The bytes of the tags end too soon.');
}
