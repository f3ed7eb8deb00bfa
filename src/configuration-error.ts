/** What is wrong with the configuration, to match on: messages may change, codes do not. */
export type ConfigurationErrorCode =
  | 'CONNECTION_STRING_MISSING'
  | 'CONNECTION_STRING_MALFORMED'
  | 'INSTRUMENTATION_KEY_MISSING'
  | 'INSTRUMENTATION_KEY_INVALID'
  | 'ENDPOINT_INVALID'
  | 'ENDPOINT_INSECURE'
  | 'AUTHENTICATION_STRING_INVALID'
  | 'PACKAGE_MISSING'
  | 'OPTION_INVALID';

/**
 * The exporter cannot be made from what it was given. Thrown by constructors only, never later.
 *
 * The message names the subject, what was expected, what was found and what to do; it never holds a whole
 * instrumentation key or anything else that is secret. Match on `code`, not on `instanceof`: an application
 * can hold the ESM and the CommonJS copy of this library at once.
 */
export class ConfigurationError extends Error {
  override readonly name: string = 'ConfigurationError';
  readonly code: ConfigurationErrorCode;

  constructor(code: ConfigurationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
