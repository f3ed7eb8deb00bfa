import { expect } from 'chai';
import fc from 'fast-check';
import { World, type Fault, type Operation, type WorldOptions } from './model-world.ts';

/** `MODEL_RUNS=10000 npx mocha test/spool/model.test.ts` takes a minute. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 1000);

interface Command {
  readonly name: string;
  readonly run: (world: World) => Promise<void> | void;
}

const seat = fc.integer({ min: 0, max: 1 });
const operation = fc.constantFrom<Operation>('put', 'put', 'take', 'take', 'done', 'release', 'minute');
const fault = fc.constantFrom<Fault>('none', 'none', 'full', 'read-only', 'erratic');
const HOUR = 3_600_000;

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(seat, operation)
      .map(([index, what]) => ({ name: `${what} ${index}`, run: (world: World) => world.operate(index, what) })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(operation, operation).map(([one, other]) => ({
      name: `${one} and ${other} at once`,
      run: (world: World) => world.atOnce(one, other),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(seat, operation, fc.integer({ min: 0, max: 8 })).map(([index, what, calls]) => ({
      name: `crash ${index} in ${what} after ${calls} calls`,
      run: (world: World) => world.crash(index, what, calls),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .double({ min: 0, max: 0.999, noNaN: true })
      .map(chance => ({ name: `power failure ${chance}`, run: (world: World) => world.failPower(chance) })),
  },
  {
    weight: 1,
    arbitrary: fault.map(what => ({ name: `disk ${what}`, run: (world: World) => void (world.fault = what) })),
  },
  {
    weight: 1,
    arbitrary: fc.nat(99).map(choice => ({ name: `damage ${choice}`, run: (world: World) => world.damage(choice) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(-24 * HOUR, -HOUR, HOUR, 72 * HOUR)
      .map(millis => ({ name: `clock ${millis}`, run: (world: World) => world.step(millis) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(1000, 20_000, 130_000, 91 * 60_000)
      .map(millis => ({ name: `wait ${millis}`, run: (world: World) => world.clock.advance(millis) })),
  },
);
const options: fc.Arbitrary<WorldOptions> = fc.record({
  maxBytes: fc.constantFrom(500, 1_000_000),
  isSynced: fc.boolean(),
});

describe('two processes with one spool, whatever happens', function () {
  this.timeout(RUNS * 200);

  it('keep their books balanced and lose nothing without a word', async () => {
    const commands = fc.array(command, { maxLength: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(options, commands, async (options, commands) => {
        const world = new World(options);
        await world.begin();
        for (const { name, run } of commands) {
          await run(world);
          expect(world.imbalances, `balance after ${name}`).to.deep.equal([0, 0]);
        }
        const found = await world.drain();
        const { promised, delivered, reported, excused } = world;
        const ends = new Set([...delivered, ...reported, ...excused, ...found]);
        expect([...promised].filter(number => !ends.has(number))).to.deep.equal([]);
        if (world.isDisturbed) return;
        expect(found.filter(number => delivered.includes(number))).to.deep.equal([]);
        expect(new Set([...found, ...delivered]).size).to.equal(found.length + delivered.length);
      }),
      {
        numRuns: RUNS,
        seed: Number(process.env['MODEL_SEED'] ?? 20261122),
        reporter: result => {
          if (!result.failed) return;
          const names = result.counterexample?.[1].map(({ name }) => name).join('\n');
          const cause = result.errorInstance instanceof Error ? result.errorInstance.stack : '';
          throw new Error(`seed ${result.seed}: ${JSON.stringify(result.counterexample?.[0])}\n${names}\n${cause}`);
        },
      },
    );
  });
});
