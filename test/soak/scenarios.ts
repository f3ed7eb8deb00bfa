import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { Fleet } from './fleet.ts';
import { Service, type Behaviour, type Script } from './service.ts';
import { until } from './until.ts';

const SPANS_PER_SECOND = 1000;
const FAULT_MILLIS = 2000;
const PATIENCE_MILLIS = 90_000;

/** What the service does for as long as the fault lasts. */
type Fault = Behaviour | Script;

const failed = (index: number, statusCode: number) => ({ index, statusCode, message: 'later' });
const everyThird = (count: number, statusCode: number) =>
  Array.from({ length: count }, (_, index) => index)
    .filter(index => index % 3 === 0)
    .map(index => failed(index, statusCode));
/** Takes two of three items, and wants the others later. */
const partly = (statusCode: number): Script => ({
  status: 206,
  takes: position => position % 3 !== 0,
  body: count => {
    const errors = everyThird(count, statusCode);
    return { itemsReceived: count, itemsAccepted: count - errors.length, errors };
  },
});

/** A fault after which a service that runs on asks for more within seconds. */
const PASSING: Readonly<Record<string, Fault>> = {
  'HTTP 408': { status: 408 },
  'HTTP 421': { status: 421 },
  'HTTP 425': { status: 425 },
  'HTTP 429': { status: 429 },
  'HTTP 429 with Retry-After: 1': 'throttle',
  'HTTP 429 with a date': { status: 429, headers: { 'retry-after': new Date(0).toUTCString() } },
  'HTTP 500': { status: 500 },
  'HTTP 500 whose body is cut': { status: 500, body: () => 'half', isCut: true },
  'HTTP 502 with a page': { status: 502, body: () => '<html>' },
  'HTTP 503': 'refuse',
  'HTTP 503 with Retry-After: 2': { status: 503, headers: { 'retry-after': '2' } },
  'HTTP 504': { status: 504 },
  'HTTP 301': { status: 301, headers: { location: '/other' } },
  'HTTP 302': { status: 302, headers: { location: '/other' } },
  'HTTP 303': { status: 303, headers: { location: '/other' } },
  'HTTP 307 to itself': { status: 307, headers: { location: '/v2.1/track' } },
  'HTTP 307 without a location': { status: 307 },
  'HTTP 307 to a stranger': { status: 307, headers: { location: 'https://evil.example/v2.1/track' } },
  'HTTP 308 without TLS': { status: 308, headers: { location: 'http://dc.services.visualstudio.com/v2.1/track' } },
  'a page in place of an answer': { status: 200, body: () => '<html>Sign in</html>' },
  'an answer in parts, 500': partly(500),
  'an answer in parts, 429': partly(429),
  'a connection that is reset': 'reset',
  'no answer': 'hang',
  'an answer after two seconds': 'late',
  'a connection that breaks once all was taken': 'take_and_reset',
};

/** A fault after which it waits for minutes: until somebody has seen to it. A new process asks at once. */
const LASTING: Readonly<Record<string, Fault>> = {
  'HTTP 401': { status: 401 },
  'HTTP 402': { status: 402 },
  'HTTP 403': { status: 403 },
  'HTTP 404': { status: 404 },
  'HTTP 439': { status: 439 },
  'an invalid key': {
    status: 400,
    body: () => ({ itemsReceived: 1, itemsAccepted: 0, errors: [{ index: 0, statusCode: 400, message: 'Invalid instrumentation key' }] }),
  },
}; // prettier-ignore

/** Answers that leave in doubt what was taken, each given once: a body is sent again once, too. */
const DOUBTFUL: Readonly<Record<string, Script>> = {
  'errors without an index': { status: 206, body: () => ({ errors: [{ statusCode: 500 }] }) },
  'an index out of range': { status: 206, body: () => ({ errors: [failed(5000, 500), failed(-1, 500)] }) },
  'an answer in parts that is a page': { status: 206, body: () => '<html>' },
  'an answer in parts that is cut': { status: 206, body: () => '{"items', isCut: true },
  'an answer that is cut': { status: 200, body: () => '{"items', isCut: true },
};

/** Says of each way in which a service can fail that 2,000 spans made meanwhile arrive, and nothing is lost. */
export function describeScenarios(): void {
  describe('two seconds of', function () {
    this.timeout(0);

    let service: Service;
    let fleet: Fleet;
    beforeEach(async () => {
      service = await Service.start();
      fleet = await Fleet.make(service);
    });
    afterEach(async () => {
      await fleet.remove();
      await service.close();
    });

    for (const [what, fault] of Object.entries(PASSING)) {
      it(`${what} lose nothing in a process that runs on`, () => runOn(() => (service.behaviour = fault)));
    }
    for (const [what, script] of Object.entries(DOUBTFUL)) {
      it(`${what}, once, lose nothing in a process that runs on`, () => runOn(() => service.scripts.push(script)));
    }
    for (const [what, fault] of Object.entries({ ...PASSING, ...LASTING })) {
      it(`${what} lose nothing in a process that is shut down`, async () => {
        const worker = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
        service.behaviour = fault;
        await wait(FAULT_MILLIS);
        const { made, dropped } = await worker.stop();
        heal();
        const heir = await fleet.start({ spansPerSecond: 1, isLater: true });
        await until('all spans have arrived', PATIENCE_MILLIS, () => takenOf(1) === made);
        await heir.stop();
        expect(dropped).to.deep.equal({});
        expect(service.copies).to.be.at.most(inDoubt());
      });
    }

    async function runOn(begin: () => unknown): Promise<void> {
      const worker = await fleet.start({ spansPerSecond: SPANS_PER_SECOND });
      begin();
      await wait(FAULT_MILLIS);
      heal();
      const { made } = await worker.flush();
      await until('all spans have arrived', PATIENCE_MILLIS, () => service.taken.size === made);
      const { dropped } = await worker.stop();
      expect(dropped).to.deep.equal({});
      expect(service.copies).to.be.at.most(inDoubt());
    }

    function heal(): void {
      service.behaviour = 'take';
      service.breakConnections();
    }

    /** How many spans of the worker with that number were taken. */
    function takenOf(number: number): number {
      const prefix = number.toString(16).padStart(6, '0');
      return [...service.taken.keys()].filter(id => id.startsWith(prefix)).length;
    }

    function inDoubt(): number {
      return service.doubtfulItems + 2 * service.breaks * service.largestRequestItems;
    }
  });
}
