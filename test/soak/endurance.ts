import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { Chance } from './chance.ts';
import { Fleet, type Worker, type WorkerStats } from './fleet.ts';
import { FAULTS, Service } from './service.ts';
import { slopeOf, type Slope } from './slope.ts';
import { until } from './until.ts';

const SPANS_PER_SECOND = 200;
const MAX_HEALTHY_SECONDS = 60;
const MAX_FAULT_SECONDS = 30;
const SAMPLE_EVERY_SECONDS = 10;
const KILL_EVERY_MINUTES = 10;
const PATIENCE_MILLIS = 300_000;
/** No copy of a span comes later than that: nothing waits on disk for as long. */
const MEMORY_OF_SERVICE_MILLIS = 1_200_000;
const MAX_MEGABYTES_AN_HOUR = 1;
const HALF_A_DAY_MINUTES = 720;

interface Sample extends WorkerStats {
  readonly hours: number;
}

/**
 * Says of the library as it is installed whether it can be left alone: two processes on one folder, one of which is
 * killed and replaced every ten minutes, and what becomes of the memory and the descriptors of the other.
 */
export function describeEndurance({ seed, minutes }: { seed: number; minutes: number }): void {
  describe('telemetry that is left alone', function () {
    this.timeout(0);

    let service: Service;
    let fleet: Fleet;
    let chance: Chance;
    let mortal: Worker;
    let survivor: Worker;
    /** Called exported, and not yet taken. */
    const missing = new Set<string>();
    let confirmed = 0;
    let kills = 0;
    beforeEach(async () => {
      service = await Service.start();
      fleet = await Fleet.make(service);
      chance = new Chance(seed);
    });
    afterEach(async () => {
      await fleet.remove();
      await service.close();
    });

    it(`loses nothing in ${minutes} minutes of faults, and takes no more memory at their end`, async () => {
      const samples: Sample[] = [];
      const startedMillis = performance.now();
      const minutesSince = (): number => (performance.now() - startedMillis) / 60_000;
      survivor = await fleet.start({ spansPerSecond: SPANS_PER_SECOND, isTidy: true });
      mortal = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
      while (minutesSince() < minutes) {
        for (let seconds = chance.between(1, MAX_HEALTHY_SECONDS); seconds > 0; seconds -= SAMPLE_EVERY_SECONDS) {
          await wait(1000 * Math.min(seconds, SAMPLE_EVERY_SECONDS));
          samples.push({ hours: minutesSince() / 60, ...(await survivor.stats()) });
        }
        await misbehave(minutesSince() > (kills + 1) * Math.min(KILL_EVERY_MINUTES, minutes / 2));
        compare();
        service.forget(MEMORY_OF_SERVICE_MILLIS);
      }
      const emptySeconds = await settle();
      // Until then functions are still compiled, and memory is not what it will be.
      const steady = samples.slice(samples.length / 2);
      const slopes = {
        used: slopeOf(steady.map(({ hours, usedBytes }) => [hours, usedBytes / 2 ** 20])),
        resident: slopeOf(steady.map(({ hours, residentBytes }) => [hours, residentBytes / 2 ** 20])),
        descriptors: slopeOf(steady.map(({ hours, descriptors }) => [hours, descriptors])),
      };
      report(samples, slopes, emptySeconds);
      expect([...missing]).to.deep.equal([]);
      expect((await survivor.stats()).dropped).to.deep.equal({});
      expect(service.copies).to.be.at.most(inDoubt());
      expect(leastOf(slopes.used)).to.be.below(MAX_MEGABYTES_AN_HOUR);
      // A process takes from the system for a quarter of an hour before it has what it needs: 85 MB become 109.
      if (minutes >= HALF_A_DAY_MINUTES) expect(leastOf(slopes.resident)).to.be.below(MAX_MEGABYTES_AN_HOUR);
      expect(leastOf(slopes.descriptors)).to.be.at.most(0);
    });

    async function misbehave(isDeadly: boolean): Promise<void> {
      const halfMillis = 500 * chance.between(1, MAX_FAULT_SECONDS);
      service.behaviour = chance.oneOf(FAULTS);
      await wait(halfMillis);
      if (isDeadly) {
        await mortal.kill();
        kills += 1;
        mortal = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
      }
      await wait(halfMillis);
      service.behaviour = 'take';
      service.breakConnections();
    }

    /** Books what was called exported against what was taken. */
    function compare(): void {
      for (const id of fleet.newlyConfirmedIds()) {
        confirmed += 1;
        missing.add(id);
      }
      for (const id of missing) if (service.taken.has(id)) missing.delete(id);
    }

    /** Gives how many seconds after the last fault the storage was empty. */
    async function settle(): Promise<number> {
      const wellMillis = performance.now();
      await Promise.all([mortal.flush(), survivor.flush()]);
      await until('the storage is empty', PATIENCE_MILLIS, () => fleet.storedFiles().length === 0);
      const emptySeconds = (performance.now() - wellMillis) / 1000;
      compare();
      return emptySeconds;
    }

    /** A process has two requests under way at most, when it is killed or its connections are broken. */
    function inDoubt(): number {
      return service.doubtfulItems + (kills + 2 * service.breaks) * 2 * service.largestRequestItems;
    }

    function report(samples: readonly Sample[], slopes: Record<string, Slope>, emptySeconds: number): void {
      const last = samples.at(-1);
      const lines = [
        `${confirmed} spans were called exported, ${missing.size} of them lost, ${service.copies} copies (at most ${inDoubt()} in doubt)`,
        `${service.breaks} faults, ${kills} kills, no file left ${emptySeconds.toFixed(0)} s after the last fault`,
        `${samples.length} samples; at the end ${megabytes(last?.usedBytes)} MB in use, ${megabytes(last?.residentBytes)} MB resident, ${last?.descriptors} descriptors`,
        `by quarters, in use ${quarters(samples.map(({ usedBytes }) => usedBytes))} MB, resident ${quarters(samples.map(({ residentBytes }) => residentBytes))} MB`,
        ...Object.entries(slopes).map(([what, { perUnit, error }]) => {
          return `slope of ${what}, second half: ${perUnit.toFixed(2)} ± ${(2 * error).toFixed(2)} ${what === 'descriptors' ? '' : 'MB '}an hour`;
        }),
      ];
      for (const line of lines) process.stdout.write(`      ${line}\n`);
    }
  });
}

/** A slope is what it is give or take twice its error; this is the lower end. */
function leastOf({ perUnit, error }: Slope): number {
  return perUnit - 2 * error;
}

/** The middle value of each quarter: what still grows at the end, and what has settled. */
function quarters(bytes: readonly number[]): string {
  const medians = [0, 1, 2, 3].map(quarter => {
    const part = bytes.slice((quarter * bytes.length) / 4, ((quarter + 1) * bytes.length) / 4);
    return megabytes(part.sort((one, other) => one - other)[Math.floor(part.length / 2)]);
  });
  return medians.join(', ');
}

function megabytes(bytes = 0): string {
  return (bytes / 2 ** 20).toFixed(1);
}
