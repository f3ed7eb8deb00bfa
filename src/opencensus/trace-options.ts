import { Printed } from './printed-forms.ts';

const ENABLED = 1;

/** The flags of a trace: a byte, whose lowest bit says that the trace is sampled. */
export class TraceOptions extends Printed {
  #byte: number;

  /** Takes a number from 0 to 255, or two hexadecimal digits as in a header. Anything else counts as 0. */
  constructor(byte: number | string = 0) {
    super();
    const value = typeof byte === 'string' ? Number.parseInt(byte, 16) : byte;
    this.#byte = Number.isInteger(value) && value >= 0 && value <= 0xff ? value : 0;
  }

  /** All flags. */
  get byte(): number {
    return this.#byte;
  }

  /** Whether the trace is sampled. */
  get enabled(): boolean {
    return (this.#byte & ENABLED) !== 0;
  }

  /** Says whether the trace is sampled; the other flags stay. */
  setEnabled(enabled: boolean): void {
    this.#byte = enabled ? this.#byte | ENABLED : this.#byte & ~ENABLED;
  }

  override toString(): string {
    return `TraceOptions(enabled=${this.enabled ? 'True' : 'False'})`;
  }
}
