/*
 * JSON, as text that is put together from texts that are JSON already.
 */

/** A whole value. */
export type JsonText = string;

/** Members of an object, without its braces. */
export type JsonMembers = string;

const ESCAPED = /["\\\u0000-\u001f]/;

/** Writes a text that every reader of UTF-8 JSON takes, as one value. */
export function quoted(text: string): JsonText {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** The members of an object that JSON has a text for. */
export function membersOf(object: object): JsonMembers {
  return JSON.stringify(object).slice(1, -1);
}

const ANYTHING = /^/;

/**
 * The same text in one piece, for one that is written again and again: V8 keeps what was put together as a tree of its
 * parts, each of which is looked for anew whenever a text that holds it is written.
 */
export function inOnePiece(text: string): string {
  ANYTHING.test(text); // Looking for a pattern is what makes it one piece.
  return text;
}
