import type { Envelope } from '../envelope/envelope.ts';

/** What a user's `onEnvelope` made of an envelope: the one to send, or why there is none. */
export type Hooked = { kind: 'send'; envelope: Envelope } | { kind: 'dropped' } | { kind: 'failed'; error: unknown };

/** The hook as users write it. */
export type EnvelopeHook = (envelope: Envelope) => Envelope | boolean | void;

/**
 * Shows an envelope to the user's hook. `false` drops it, an envelope replaces it, anything else keeps it.
 * A hook that throws drops it too: what could not be redacted does not leave.
 */
export function applyHook(hook: EnvelopeHook | undefined, envelope: Envelope): Hooked {
  if (hook === undefined) return { kind: 'send', envelope };
  try {
    const answer = hook(envelope);
    if (answer === false) return { kind: 'dropped' };
    return { kind: 'send', envelope: typeof answer === 'object' && answer !== null ? answer : envelope };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
