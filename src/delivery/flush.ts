import type { Clock } from './clock.ts';
import type { DeliveryListener } from './delivery-event.ts';
import type { GateStats } from './stats.ts';
import type { Ticket } from './ticket.ts';

/** How a flush waits. */
export interface FlushParts {
  readonly clock: Clock;
  readonly timeoutMillis: number;
  readonly gate: GateStats;
  readonly listen: (listener: DeliveryListener) => () => void;
}

/**
 * Waits until the items of all these tickets have ended; gives how many have not when it is of no use to wait longer:
 * the time is over, or the gate stays closed for longer than that.
 *
 * Holds the process open: whoever flushes waits for it, and sockets do not.
 */
export function flush(tickets: readonly Ticket[], { clock, timeoutMillis, gate, listen }: FlushParts): Promise<number> {
  const deadlineMillis = clock.monotonicMillis() + timeoutMillis;
  return new Promise(resolve => {
    const finish = (): void => {
      timer.cancel();
      stopListening();
      resolve(tickets.reduce((items, { open }) => items + open, 0));
    };
    const finishIfHopeless = ({ reopensInMillis = 0 }: GateStats): void => {
      if (clock.monotonicMillis() + reopensInMillis > deadlineMillis) finish();
    };
    const timer = clock.schedule(timeoutMillis, finish);
    const stopListening = listen(event => {
      if (event.kind === 'gate') finishIfHopeless(event.gate);
    });
    timer.hold();
    void Promise.all(tickets.map(({ ended }) => ended)).then(finish);
    finishIfHopeless(gate);
  });
}
