import { refusal, trackAnswer, type Answer, type TrackError } from './answer.ts';
import type { Fault } from './fault.ts';
import { malformedBody, type PartialError } from './partial-success.ts';
import type { Tracked, TrackedItem } from './track.ts';

/** What a sender is told, and which of its items become rows. */
export interface ScriptedAnswer {
  readonly answer: Answer;
  readonly kept: readonly TrackedItem[];
}

/** Lets a fault change the answer to a request that was read to its end. */
export function scriptedAnswer(tracked: Tracked, fault: Fault): ScriptedAnswer {
  const { answer, kept } = fault.partial === undefined ? wholeAnswer(tracked, fault) : partialAnswer(tracked, fault);
  const isKept = fault.keep ?? isKeptByDefault(fault);
  const retryAfter = fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
  return {
    answer: { ...answer, headers: { ...answer.headers, ...retryAfter, ...fault.headers } },
    kept: isKept ? kept : [],
  };
}

const MESSAGE = 'As the test asked with failNext';

function wholeAnswer({ items, answer }: Tracked, { status = answer.status, body }: Fault): ScriptedAnswer {
  const usual = isSuccess(status) || status === answer.status ? answer : refusal(status, MESSAGE);
  return { answer: { ...usual, status, body: body ?? usual.body }, kept: items };
}

function partialAnswer(tracked: Tracked, { partial = [], status = 206 }: Fault): ScriptedAnswer {
  const { items, answer } = tracked;
  if (items.length === 0) return { answer, kept: [] };
  if (typeof partial !== 'string') return refusedByTest(tracked, partial, status);
  const error: TrackError = { index: 0, statusCode: 500, message: MESSAGE };
  return { answer: { ...answer, status, body: malformedBody(partial, error, items.length) }, kept: items.slice(1) };
}

function refusedByTest(
  { items, errors, answer }: Tracked,
  partial: readonly PartialError[],
  status: number,
): ScriptedAnswer {
  const scripted = partial
    .filter(({ index }) => index in items)
    .map(({ index, statusCode, message = MESSAGE }) => ({ index, statusCode, message }));
  if (scripted.length === 0) return { answer, kept: items };
  const byIndex = new Map([...errors, ...scripted].map(error => [error.index, error]));
  const indexes = new Set(scripted.map(({ index }) => index));
  const kept = items.filter((_, index) => !indexes.has(index));
  return { answer: { ...trackAnswer(items.length, [...byIndex.values()]), status }, kept };
}

/** A sender that was told nothing, or by a stranger's body, has to send again. */
function isKeptByDefault({ status = 200, body, reset, hang }: Fault): boolean {
  const isTold = [reset, hang].every(stage => stage === undefined || stage === 'during-answer');
  return isTold && isSuccess(status) && body === undefined;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
