import { REDACTED, SECRECY, isSurelySecret, secrecyOf } from './secret-names.ts';
import { findUnquoted, findValue, isRemark, type Place } from './secret-values.ts';

/** `--name value` of a command, typed or as a list of arguments. */
const FLAG = /(?<![\w-])(?<dashes>--?)(?<name>[a-z][\w-]{0,63})(?:\s{1,2}|\\?["'],\s{0,2}(?=\\?["']))(?=[^\s-])/gi;
/** `<name>value`. */
const ELEMENT = /<(?:[\w-]{1,64}:)?(?<name>[a-z][\w-]{0,63})(?:\s[^<>]{0,256})?>(?=[^\s<])/gi;

/** Masks what is a secret by the name of its flag, `--name value`, or of its element, `<name>value</name>`. */
export function redactArguments(text: string): string {
  const flagged = text.includes('--') || text.includes(' -') ? masked(text, FLAG, findOfFlag) : text;
  return flagged.includes('</') ? masked(flagged, ELEMENT, findOfElement) : flagged;
}

type Finding = (text: string, start: number, groups: Readonly<Record<string, string>>) => Place | undefined;

function masked(text: string, mark: RegExp, find: Finding): string {
  let plain = '';
  let done = 0;
  mark.lastIndex = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const place = find(text, mark.lastIndex, match.groups ?? {});
    if (place === undefined) continue;
    plain += text.slice(done, place.start) + REDACTED;
    done = place.end;
    mark.lastIndex = done;
  }
  return done === 0 ? text : plain + text.slice(done);
}

function findOfFlag(
  text: string,
  start: number,
  { dashes, name = '' }: Readonly<Record<string, string>>,
): Place | undefined {
  const isSecret = isSurelySecret(name) || (dashes === '--' && /^(?:token|jwt|pass)$/i.test(name));
  const place = isSecret ? findValue(text, start, 'word') : undefined;
  return place === undefined || isRemark(text, place) ? undefined : place;
}

function findOfElement(
  text: string,
  start: number,
  { name = '' }: Readonly<Record<string, string>>,
): Place | undefined {
  return secrecyOf(name) === SECRECY.asKey ? findUnquoted(text, start, 'element') : undefined;
}
