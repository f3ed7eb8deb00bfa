/** What a user may decide about secrets in telemetry. */
export interface RedactionOptions {
  /** What becomes of the query of every URL: values that look secret masked, the whole taken out, or kept as it is. */
  readonly urlQuery: 'redact-values' | 'strip' | 'keep';
}

const REDACTED = 'REDACTED';

/** Attributes that hold a credential by their name. */
const SECRET_KEY = /passwo?r?d|secret|connection_?string/i;
const SECRET_HEADER =
  /^http\.(request|response)\.header\.(authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;

/**
 * Query parameters that hold a credential: shared access signatures of Azure, signed URLs of AWS and Google Cloud,
 * OAuth codes and tokens.
 */
const SECRET_QUERY_VALUE =
  /([?&;](?:sig|se|sp|sv|sr|st|skoid|sktid|token|access_token|id_token|refresh_token|key|api_?key|code|password|passwd|pwd|secret|client_secret|signature|x-amz-[a-z-]+|x-goog-[a-z-]+)=)[^&#;\s"'<>]*/gi;

/** `scheme://user:password@`, up to the last @; bounded so that a hostile text costs no more than its length. */
const USER_INFO = /\b([a-z][a-z0-9+.-]{0,31}:\/\/)[^/?#\s"'<>]{1,1024}@/gi;
const QUERY = /(\b[a-z][a-z0-9+.-]{0,31}:\/\/[^?#\s"'<>]{0,2048})\?[^#\s"'<>]*/gi;

/** Takes the secrets out of a text that may be or hold a URL. User info always goes. */
export function redactText(text: string, { urlQuery }: RedactionOptions): string {
  const plain = withoutUserInfo(text);
  if (urlQuery === 'keep' || !(plain.includes('?') || plain.includes('&'))) return plain;
  if (urlQuery === 'strip') return plain.replace(QUERY, '$1');
  return plain.includes('=') ? plain.replace(SECRET_QUERY_VALUE, `$1${REDACTED}`) : plain;
}

/** A URL without its user info. */
export function withoutUserInfo(text: string): string {
  return text.includes('@') && text.includes('://') ? text.replace(USER_INFO, '$1') : text;
}

/** {@link redactText}, for a property: one that is a secret by its name is masked whole. */
export function redactProperty(key: string, text: string, options: RedactionOptions): string {
  if (SECRET_HEADER.test(key) || SECRET_KEY.test(key)) return REDACTED;
  return redactText(text, options);
}
