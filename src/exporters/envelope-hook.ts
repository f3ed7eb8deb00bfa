import type { Envelope } from '../envelope/envelope.ts';

/** What a user's `onEnvelope` made of an envelope: the one to send, or why there is none. */
export type Hooked = { kind: 'send'; envelope: Envelope } | { kind: 'dropped' } | { kind: 'failed'; error: unknown };

/** The hook as users write it. */
export type EnvelopeHook = (envelope: Envelope) => Envelope | boolean | void;

/**
 * Shows an envelope to the user's hook. `false` drops it, an envelope replaces it; `true`, text or nothing keeps it.
 *
 * A hook that throws, or returns an object that is no envelope, drops it too: what could not be redacted does not
 * leave. A promise is such an object, and its rejection is taken care of.
 */
export function applyHook(hook: EnvelopeHook, envelope: Envelope): Hooked {
  try {
    const answer: unknown = hook(envelope);
    if (answer === false) return { kind: 'dropped' };
    if (typeof answer !== 'object' || answer === null) return { kind: 'send', envelope };
    if (isEnvelope(answer)) return { kind: 'send', envelope: answer };
    return { kind: 'failed', error: refusalOf(answer) };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function isEnvelope(answer: object): answer is Envelope {
  const { data, name, tags } = answer as Partial<Envelope>;
  return typeof name === 'string' && isObject(tags) && isObject(data) && isObject(data.baseData);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function refusalOf(answer: object): TypeError {
  const isPromise = answer instanceof Promise;
  if (isPromise) answer.catch(() => undefined);
  const found = isPromise ? 'a promise; the hook must not be async' : 'another object';
  return new TypeError(`expected an envelope, true, false or nothing, found ${found}`);
}
