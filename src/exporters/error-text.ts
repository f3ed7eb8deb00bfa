import { redactText } from '../mapping/redaction.ts';

const MAX_LENGTH = 200;

/** An error of somebody else's code as one short text for a log, without secrets. Takes anything that can be thrown. */
export function errorText(error: unknown): string {
  try {
    if (!(error instanceof Error)) return typeof error;
    return redactText(`${error.name}: ${error.message}`, { urlQuery: 'strip' }).slice(0, MAX_LENGTH);
  } catch {
    return 'an error that cannot be read'; // A proxy or getter of the caller threw.
  }
}
