/** How a call to the file system went that had a file as its object. */
export type Ended =
  | { readonly kind: 'done' }
  /** The file is not there: somebody else was faster. */
  | { readonly kind: 'gone' }
  | Failed;

/** The file system refused, with a code such as `ENOSPC`. */
export interface Failed {
  readonly kind: 'failed';
  readonly code: string;
}

/** Turns the rejection of a call into a value. */
export async function attempt(call: Promise<unknown>): Promise<Ended> {
  try {
    await call;
    return { kind: 'done' };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? { kind: 'gone' } : { kind: 'failed', code };
  }
}

/** The code of an error of the file system, or its name where it has none. */
export function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
