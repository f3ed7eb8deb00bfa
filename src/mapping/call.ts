/** What the attributes of a call say about it; `undefined` where they say nothing. */
export interface CallDetails {
  readonly type: string | undefined;
  readonly name?: string | undefined;
  readonly target: string | undefined;
  readonly data?: string | undefined;
  readonly resultCode?: string | undefined;
  /** The status of a call over HTTP, which decides about its success. */
  readonly httpStatus?: number | undefined;
}
