import type { Clock } from './clock.ts';

/** What a {@link DrainPace} is made of. */
export interface DrainPaceParts {
  readonly clock: Clock;
  /** How long after now the first batch may go. A fleet that starts together does not drain together. */
  readonly firstAfterMillis: number;
}

const FASTEST_PER_SECOND = 32;
const MAX_BYTES_PER_SECOND = 1024 * 1024;
const SLOWEST_PER_SECOND = 4;
const SUCCESSES_PER_STEP = 5;

/**
 * How fast the disk is emptied beside live traffic: one batch at a time, four a second to begin with.
 *
 * Faster by one a second with every five that the service takes, half as fast with each that it does not, and never
 * more than 1 MB a second.
 */
export class DrainPace {
  readonly #clock: Clock;
  #perSecond = SLOWEST_PER_SECOND;
  #successes = 0;
  #nextAtMillis: number;
  #beganAtMillis = 0;
  #isBusy = false;
  #isHurried = false;

  constructor({ clock, firstAfterMillis }: DrainPaceParts) {
    this.#clock = clock;
    this.#nextAtMillis = clock.monotonicMillis() + firstAfterMillis;
  }

  /** Whether the next batch may be taken from disk now. */
  get isDue(): boolean {
    return !this.#isBusy && this.waitMillis === 0;
  }

  /** Until the next batch is due, if none is under way. */
  get waitMillis(): number {
    if (this.#isHurried) return 0;
    return Math.max(0, Math.ceil(this.#nextAtMillis - this.#clock.monotonicMillis()));
  }

  /** From now on one batch follows the other at once: there is little time left. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** A batch is being taken. Must be followed by {@link ended}. */
  begin(): void {
    this.#isBusy = true;
    this.#beganAtMillis = this.#clock.monotonicMillis();
  }

  /** What became of it: the service took it, would not have it now, or it never got as far as that. */
  ended(bytes: number, result: 'taken' | 'refused' | 'unsent'): void {
    this.#isBusy = false;
    if (result === 'taken') this.#succeed();
    if (result === 'refused') this.#slowDown();
    if (result === 'unsent') return;
    const pauseMillis = Math.max(1000 / this.#perSecond, (bytes / MAX_BYTES_PER_SECOND) * 1000);
    this.#nextAtMillis = this.#beganAtMillis + pauseMillis;
  }

  #succeed(): void {
    this.#successes += 1;
    if (this.#successes % SUCCESSES_PER_STEP === 0) this.#perSecond = Math.min(FASTEST_PER_SECOND, this.#perSecond + 1);
  }

  #slowDown(): void {
    this.#perSecond = Math.max(SLOWEST_PER_SECOND, this.#perSecond / 2);
  }
}
