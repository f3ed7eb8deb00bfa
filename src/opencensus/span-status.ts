import { Printed, toPythonText } from './printed-forms.ts';

/** How operations end, by the names and numbers of gRPC. <https://grpc.github.io/grpc/core/md_doc_statuscodes.html> */
export const CanonicalCode: {
  readonly OK: 0;
  readonly CANCELLED: 1;
  readonly UNKNOWN: 2;
  readonly INVALID_ARGUMENT: 3;
  readonly DEADLINE_EXCEEDED: 4;
  readonly NOT_FOUND: 5;
  readonly ALREADY_EXISTS: 6;
  readonly PERMISSION_DENIED: 7;
  readonly RESOURCE_EXHAUSTED: 8;
  readonly FAILED_PRECONDITION: 9;
  readonly ABORTED: 10;
  readonly OUT_OF_RANGE: 11;
  readonly UNIMPLEMENTED: 12;
  readonly INTERNAL: 13;
  readonly UNAVAILABLE: 14;
  readonly DATA_LOSS: 15;
  readonly UNAUTHENTICATED: 16;
} = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
};

/** How a span ended. */
export class Status extends Printed {
  /** One of `CanonicalCode`. */
  readonly code: number;
  readonly message: string | null;
  readonly details: readonly object[] | null;

  constructor(code: number, message: string | null = null, details: readonly object[] | null = null) {
    super();
    this.code = code;
    this.message = message;
    this.details = details;
  }

  /** The status of a span that an error ended. */
  static fromError(error: unknown): Status {
    return new Status(CanonicalCode.UNKNOWN, error instanceof Error ? error.message : String(error));
  }

  get isOk(): boolean {
    return this.code === CanonicalCode.OK;
  }

  override toString(): string {
    const message = this.message === null ? '' : `, message=${toPythonText(this.message)}`;
    const details = this.details === null ? '' : `, details=${toPythonText(this.details)}`;
    return `Status(code=${this.code}${message}${details})`;
  }
}

const CODES_BY_HTTP_STATUS: Readonly<Record<number, number>> = {
  400: CanonicalCode.INVALID_ARGUMENT,
  401: CanonicalCode.UNAUTHENTICATED,
  403: CanonicalCode.PERMISSION_DENIED,
  404: CanonicalCode.NOT_FOUND,
  429: CanonicalCode.RESOURCE_EXHAUSTED,
  501: CanonicalCode.UNIMPLEMENTED,
  503: CanonicalCode.UNAVAILABLE,
  504: CanonicalCode.DEADLINE_EXCEEDED,
};

/** The status that an HTTP status code stands for: 200 to 399 are OK. */
export function statusFromHttpCode(httpCode: number): Status {
  const isOk = httpCode > 199 && httpCode <= 399;
  return new Status(isOk ? CanonicalCode.OK : (CODES_BY_HTTP_STATUS[httpCode] ?? CanonicalCode.UNKNOWN));
}
