import { diag } from '@opentelemetry/api';
import { adviceOn } from './cause.ts';
import type { Clock, Timer } from './clock.ts';
import type { DeliveryEvent } from './delivery-event.ts';
import type { DeliveryStats, GateStats } from './stats.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/delivery' });

/** With what lies in between, an hour of outage makes at most 12 summaries. */
const SUMMARY_MILLIS = 5 * 60 * 1000;

/** So many other lines an hour, and no more, make 20 with the summaries. */
const MAX_LINES = 8;
const HOUR_MILLIS = 60 * 60 * 1000;

/** What a {@link Report} is made of. */
export interface ReportParts {
  readonly clock: Clock;
  /** The configured one; names the delivery in every line. */
  readonly host: string;
  /** What tokens are for; `undefined` without a credential. */
  readonly scope: string | undefined;
  readonly stats: () => DeliveryStats;
}

/**
 * Tells the user by `diag` what goes wrong, and when it goes right again.
 *
 * A line for each change of the gate and for the first loss of each kind; everything else waits for a summary, at most
 * every five minutes and only when there is something to say. Silent while all is well.
 */
export class Report {
  readonly #parts: ReportParts;
  readonly #said = new Set<string>();
  #toldAtMillis: number[] = [];
  /** What the last line about the gate said. */
  #saidReason: string | undefined;
  #failures = 0;
  #lost = new Map<string, number>();
  #timer: Timer | undefined;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  note(event: DeliveryEvent): void {
    switch (event.kind) {
      case 'gate':
        return this.#noteGate(event.gate);
      case 'rejected':
        return this.#noteLoss(event.count, `refused with ${event.status}`, event.message);
      case 'dropped':
        return this.#noteLoss(event.count, `dropped: ${event.reason}`, '');
      case 'disk':
        return; // The spool says so itself.
      case 'odd_answer':
        return this.#noteOnce(event.message);
    }
  }

  /** Says what is left to say. */
  close(): void {
    this.#summarize();
    this.#timer?.cancel();
  }

  #noteGate(gate: GateStats): void {
    if (gate.state === 'half-open') return;
    if (gate.state === 'closed') this.#failures += 1;
    this.#armSummary();
    const reason = gate.state === 'closed' ? `${gate.cause ?? gate.reason}` : undefined;
    if (reason === this.#saidReason || !this.#mayTell()) return;
    this.#saidReason = reason;
    const { memoryItems, diskItems } = this.#parts.stats();
    const waiting = `${itemsOf(memoryItems + diskItems)} waiting`;
    if (reason === undefined) return log.info(`${this.#parts.host} takes telemetry again; ${waiting}.`);
    const again = Math.ceil((gate.reopensInMillis ?? 0) / 1000);
    log.warn(`${this.#parts.host}: ${gate.reason}. ${waiting}, next attempt in ${again} s.${this.#adviceOn(gate)}`);
  }

  #adviceOn({ cause }: GateStats): string {
    const { host, scope } = this.#parts;
    const advice = cause === undefined ? undefined : adviceOn(cause, host, scope);
    return advice === undefined ? '' : ` ${advice}`;
  }

  #mayTell(): boolean {
    const now = this.#parts.clock.monotonicMillis();
    this.#toldAtMillis = this.#toldAtMillis.filter(at => now - at < HOUR_MILLIS);
    if (this.#toldAtMillis.length >= MAX_LINES) return false;
    this.#toldAtMillis.push(now);
    return true;
  }

  #noteLoss(count: number, what: string, message: string): void {
    this.#armSummary();
    if (this.#said.has(what) || !this.#mayTell()) {
      this.#lost.set(what, (this.#lost.get(what) ?? 0) + count);
      return;
    }
    this.#said.add(what);
    log.warn(`${this.#parts.host}: ${itemsOf(count)} ${what}${message === '' ? '' : ` (${message})`}.`);
  }

  #noteOnce(message: string): void {
    if (this.#said.has(message) || !this.#mayTell()) return;
    this.#said.add(message);
    log.warn(`${this.#parts.host}: ${message}.`);
  }

  #armSummary(): void {
    this.#timer ??= this.#parts.clock.schedule(SUMMARY_MILLIS, () => {
      this.#timer = undefined;
      this.#summarize();
    });
  }

  #summarize(): void {
    const { gate, memoryItems, diskItems, oldestMillis } = this.#parts.stats();
    const facts = [...this.#lost].map(([what, count]) => `${itemsOf(count)} ${what}`);
    if (this.#failures > 0) facts.push(`${this.#failures} failed requests`);
    this.#lost = new Map();
    this.#failures = 0;
    if (gate.state !== 'open') this.#armSummary();
    if (facts.length === 0 && gate.state === 'open') return;
    const oldest = Math.round(oldestMillis / 1000);
    facts.push(`${itemsOf(memoryItems + diskItems)} waiting, the oldest for ${oldest} s`);
    log.warn(`${this.#parts.host}: ${facts.join('; ')}${gate.reason === undefined ? '' : `; ${gate.reason}`}.`);
  }
}

function itemsOf(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}
