import type { Clock } from './clock.ts';
import type { Claim } from './file-name.ts';

/**
 * Finds out which claims were left behind by a process that died.
 *
 * A holder that lives renews its claim, which changes its name. So a claim has lapsed when its time is over, or when
 * its name has stayed the same for longer than any holder would leave it: the second holds whatever was done to the
 * clock.
 */
export class ClaimWatch {
  readonly #clock: Clock;
  readonly #leaseMillis: number;
  #seenSince = new Map<string, number>();

  constructor(clock: Clock, leaseMillis: number) {
    this.#clock = clock;
    this.#leaseMillis = leaseMillis;
  }

  /** Of all the claims that are there now, by name: those that have lapsed. */
  lapsed<Claimed extends { readonly name: string; readonly claim: Claim }>(claims: readonly Claimed[]): Claimed[] {
    const now = this.#clock.monotonicMillis();
    const before = this.#seenSince;
    this.#seenSince = new Map(claims.map(({ name }) => [name, before.get(name) ?? now]));
    return claims.filter(({ name, claim }) => {
      const isOver = this.#clock.wallMillis() > claim.untilMillis;
      return isOver || now - (this.#seenSince.get(name) ?? now) > this.#leaseMillis;
    });
  }
}
