import type { Clock } from './clock.ts';

/** What a {@link DrainPace} is made of. */
export interface DrainPaceParts {
  readonly clock: Clock;
  /** How long after now the first batch may go. A fleet that starts together does not drain together. */
  readonly firstAfterMillis: number;
}

/** One batch on its way from the disk to the service: told first what was found there, then how it ended. */
export interface Round {
  took(bytes: number): void;
  foundNothing(): void;
  /** Whether the service took it, or would not have it now. */
  ended(isTaken: boolean): void;
}

const FASTEST_PER_SECOND = 32;
const MAX_BYTES_PER_SECOND = 1024 * 1024;
const SLOWEST_PER_SECOND = 4;
const SUCCESSES_PER_STEP = 5;

/** What is handed over meanwhile may have to wait for one of two such answers, and is not put on disk as late yet. */
const QUICK_MILLIS = 200;

/**
 * How fast the disk is emptied beside live traffic: four batches a second to begin with.
 *
 * Faster by one a second with every five that the service takes, half as fast with each that it does not, and never
 * more than 1 MB a second. One batch at a time, and two while the service answers quickly.
 */
export class DrainPace {
  readonly #clock: Clock;
  #perSecond = SLOWEST_PER_SECOND;
  #successes = 0;
  readonly #firstAtMillis: number;
  #last: { readonly beganMillis: number; readonly bytes: number } | undefined;
  #underWay = 0;
  #isTaking = false;
  #mayOverlap = false;
  #isHurried = false;

  constructor({ clock, firstAfterMillis }: DrainPaceParts) {
    this.#clock = clock;
    this.#firstAtMillis = clock.monotonicMillis() + firstAfterMillis;
  }

  /** Whether the next batch may be taken from disk now. */
  get isDue(): boolean {
    return !this.#isTaking && this.#underWay < (this.#mayOverlap ? 2 : 1) && this.waitMillis === 0;
  }

  /** Until the next batch is due, if as many as may be are not under way. */
  get waitMillis(): number {
    if (this.#isHurried) return 0;
    return Math.max(0, Math.ceil(this.#nextAtMillis - this.#clock.monotonicMillis()));
  }

  /** From now on one batch follows the other at once: there is little time left. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** A batch is being taken, if there is one. */
  begin(): Round {
    this.#isTaking = true;
    this.#underWay += 1;
    const beganMillis = this.#clock.monotonicMillis();
    return {
      took: bytes => {
        this.#isTaking = false;
        this.#last = { beganMillis, bytes };
      },
      foundNothing: () => {
        this.#isTaking = false;
        this.#underWay -= 1;
      },
      ended: isTaken => {
        this.#underWay -= 1;
        this.#mayOverlap = isTaken && this.#clock.monotonicMillis() - beganMillis <= QUICK_MILLIS;
        if (isTaken) this.#succeed();
        else this.#slowDown();
      },
    };
  }

  get #nextAtMillis(): number {
    if (this.#last === undefined) return this.#firstAtMillis;
    const { beganMillis, bytes } = this.#last;
    return beganMillis + Math.max(1000 / this.#perSecond, (bytes / MAX_BYTES_PER_SECOND) * 1000);
  }

  #succeed(): void {
    this.#successes += 1;
    if (this.#successes % SUCCESSES_PER_STEP === 0) this.#perSecond = Math.min(FASTEST_PER_SECOND, this.#perSecond + 1);
  }

  #slowDown(): void {
    this.#perSecond = Math.max(SLOWEST_PER_SECOND, this.#perSecond / 2);
  }
}
