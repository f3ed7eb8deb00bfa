import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { Chance } from './chance.ts';
import { Fleet, type Worker } from './fleet.ts';
import { FAULTS, Service } from './service.ts';
import { until } from './until.ts';

/** How long and how hard. */
export interface Scale {
  /** For all that is drawn by lot, so that a run can be repeated. */
  readonly seed: number;
  /** An outage of a service that is asked to take 500 spans a second. */
  readonly outageMillis: number;
  /** How long faults of every kind follow each other. */
  readonly stormMillis: number;
  /** How often a process is killed at a random moment. */
  readonly kills: number;
  /** How many processes share one folder. */
  readonly processes: number;
  /** How often one of these is killed, and another takes its place. */
  readonly replacements: number;
}

const SPANS_PER_SECOND = 500;
const HEALTHY_MILLIS = 1000;
/** Small batches at short intervals: many of them are on their way when a process dies. */
const RESTLESS = { spansPerSecond: 300, processorOptions: { scheduledDelayMillis: 100, maxExportBatchSize: 100 } };
/** From the recovery of the service; the first pauses of the gate are over by then, and claims of the dead have lapsed. */
const PATIENCE_MILLIS = 150_000;

/** Says of the library as it is installed what a user would want to know after a bad night. */
export function describeSoak(scale: Scale): void {
  describe('telemetry over a bad network, in processes that die', function () {
    this.timeout(0);

    let service: Service;
    let fleet: Fleet;
    let chance: Chance;
    beforeEach(async () => {
      service = await Service.start();
      fleet = await Fleet.make(service);
      chance = new Chance(scale.seed);
    });
    afterEach(async () => {
      await fleet.remove();
      await service.close();
    });

    it(`loses nothing in an outage of ${scale.outageMillis / 1000} s`, async () => {
      const worker = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
      await wait(HEALTHY_MILLIS);
      service.behaviour = 'refuse';
      await wait(scale.outageMillis);
      service.behaviour = 'take';
      await wait(HEALTHY_MILLIS);
      const { made } = await worker.flush();
      await until('all spans have arrived', PATIENCE_MILLIS, () => service.taken.size === made);
      expect(made).to.be.above((SPANS_PER_SECOND * scale.outageMillis) / 1000);
      expect(await worker.stats()).to.deep.include({ accepted: made, dropped: {}, memoryItems: 0, diskItems: 0 });
      expect(service.copies).to.equal(0);
      await worker.stop();
    });

    it(`loses nothing in ${scale.stormMillis / 1000} s of faults of every kind`, async () => {
      const worker = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
      await misbehave(scale.stormMillis);
      const { made } = await worker.flush();
      await until('all spans have arrived', PATIENCE_MILLIS, () => service.taken.size === made);
      expect((await worker.stats()).dropped).to.deep.equal({});
      expect(service.copies).to.be.at.most(inDoubt(0));
      await worker.stop();
    });

    it(`loses nothing that was called exported, killed ${scale.kills} times at any moment`, async () => {
      for (let kill = 0; kill < scale.kills; kill += 1) {
        const worker = await fleet.start(RESTLESS);
        await misbehave(chance.between(300, 1800));
        await worker.kill();
      }
      await settle();
      expect(service.copies).to.be.at.most(inDoubt(scale.kills));
    });

    it(`loses nothing of ${scale.processes} processes on one folder, ${scale.replacements} of them killed`, async () => {
      const workers: Worker[] = [];
      while (workers.length < scale.processes) workers.push(await fleet.start(RESTLESS));
      for (let replaced = 0; replaced < scale.replacements; replaced += 1) {
        await misbehave(chance.between(100, 1000));
        await chance.oneOf(workers).kill();
        workers.push(await fleet.start(RESTLESS));
      }
      for (const worker of workers) await worker.kill();
      await settle();
      expect(service.copies).to.be.at.most(inDoubt(workers.length));
    });

    /** Lets the service fail in one way after the other, and be well again at the end. */
    async function misbehave(millis: number): Promise<void> {
      const endMillis = performance.now() + millis;
      for (let leftMillis = millis; leftMillis > 0; leftMillis = endMillis - performance.now()) {
        service.behaviour = chance.between(0, 1) === 0 ? 'take' : chance.oneOf(FAULTS);
        await wait(Math.min(leftMillis, chance.between(50, 400)));
        service.breakConnections();
      }
      service.behaviour = 'take';
    }

    /** Lets a process that outlives the others send what they left. */
    async function settle(): Promise<void> {
      const heir = await fleet.start({ spansPerSecond: 1, isLater: true });
      // Read once: the service answers in this very process, and the list is long.
      let missing = fleet.missingIds();
      await until('all that was called exported has arrived', PATIENCE_MILLIS, () => {
        missing = missing.filter(id => !service.taken.has(id));
        return missing.length === 0;
      });
      await heir.flush();
      await until('the storage is empty', PATIENCE_MILLIS, () => fleet.storedFiles().length === 0);
      await heir.stop();
      expect(fleet.confirmedIds().size).to.be.above(0);
      expect(fleet.missingIds()).to.deep.equal([]);
    }

    /** A process has two requests under way at most, when it is killed or its connections are broken. */
    function inDoubt(kills: number): number {
      return service.doubtfulItems + (kills + service.breaks) * 2 * service.largestRequestItems;
    }
  });
}
