import { diag } from '@opentelemetry/api';
import { expect } from 'chai';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { MAX_BODY_BYTES } from '../../src/delivery/body.ts';
import type { Delivery, DeliveryOptions } from '../../src/delivery/delivery.ts';
import { openDelivery } from '../../src/delivery/registry.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedServer } from './scripted-server.ts';

const KEY = '11111111-2222-3333-4444-555555555555';
const item = (n: number) => Buffer.from(JSON.stringify({ n }));

describe('openDelivery', () => {
  let server: ScriptedServer;
  const opened: Delivery[] = [];
  const open = (options: Partial<DeliveryOptions> = {}): Delivery => {
    // A clock that stands still: on a slow machine the first answer may take longer than a delivery waits for it.
    const world = { clock: new FakeClock() };
    const delivery = openDelivery({ ingestionEndpoint: server.url, instrumentationKey: KEY, ...options }, world);
    opened.push(delivery);
    return delivery;
  };

  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(delivery => delivery.shutdown()));
    await server.close();
  });

  it('posts a batch to the track address and counts it', async () => {
    const delivery = open();
    expect(await delivery.send([item(1), item(2)], 'traces')).to.deep.equal({ kind: 'sent' });
    expect(server.requests.map(({ path, items }) => [path, items])).to.deep.equal([
      ['/v2.1/track', [{ n: 1 }, { n: 2 }]],
    ]);
    expect(delivery.stats()).to.deep.include({
      created: 2,
      accepted: 2,
      memoryItems: 0,
      signals: {
        traces: { created: 2, accepted: 2, rejected: 0, dropped: 0 },
        metrics: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
        logs: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
      },
    });
  });

  it('keeps the path of the endpoint, with or without a slash at its end', async () => {
    await open({ ingestionEndpoint: `${server.url}base` }).send([item(1)], 'logs');
    await open({ ingestionEndpoint: `${server.url}base/` }).send([item(2)], 'logs');
    expect(server.requests.map(({ path }) => path)).to.deep.equal(['/base/v2.1/track', '/base/v2.1/track']);
  });

  it('drops an item that is larger than a body, and sends the others', async () => {
    const delivery = open();
    const large = Buffer.alloc(MAX_BODY_BYTES - 1, '1');
    expect(await delivery.send([item(1), large, item(2)], 'traces')).to.deep.equal({
      kind: 'lost',
      reason: '1 of 3 items lost: larger than a request may be (1048576 bytes)',
    });
    expect(server.items).to.deep.equal([{ n: 1 }, { n: 2 }]);
    expect(delivery.stats()).to.deep.include({ created: 3, accepted: 2, dropped: { too_large: 1 } });
  });

  it('counts what was lost before it became bytes', () => {
    const delivery = open();
    delivery.drop('unconvertible', 'traces');
    delivery.drop('non_finite', 'metrics', 3);
    expect(delivery.stats()).to.deep.include({ created: 4, dropped: { unconvertible: 1, non_finite: 3 } });
  });

  it('shares one delivery among exporters with the same options', async () => {
    const [one, other] = [open(), open()];
    await one.send([item(1)], 'traces');
    await other.send([item(2)], 'logs');
    expect(one.stats()).to.deep.equal(other.stats());
    expect(one.stats().created).to.equal(2);
  });

  it('keeps a delivery of its own for another key', async () => {
    const [one, other] = [open(), open({ instrumentationKey: '99999999-2222-3333-4444-555555555555' })];
    await one.send([item(1)], 'traces');
    expect(other.stats().created).to.equal(0);
  });

  it('goes on for the others when one exporter shuts down, and fails its later batches', async () => {
    const [one, other] = [open(), open()];
    await one.shutdown();
    expect(await one.send([item(1)], 'traces')).to.deep.equal({
      kind: 'lost',
      reason: '1 of 1 items lost: the exporter is shut down',
    });
    expect(await other.send([item(2)], 'traces')).to.deep.equal({ kind: 'sent' });
    expect(other.stats()).to.deep.include({ created: 2, accepted: 1, dropped: { shutdown: 1 } });
  });

  it('begins anew after the last exporter has shut down', async () => {
    const one = open();
    await one.send([item(1)], 'traces');
    await one.shutdown();
    expect(open().stats().created).to.equal(0);
  });

  it('shares between the ES module and the CommonJS copy', async () => {
    const copy = await commonJsCopy();
    expect(copy.openDelivery).not.to.equal(openDelivery);
    const one = open();
    const other = copy.openDelivery({ ingestionEndpoint: server.url, instrumentationKey: KEY });
    opened.push(other);
    expect(await other.send([item(1)], 'logs')).to.deep.equal({ kind: 'sent' });
    expect(one.stats()).to.deep.include({ created: 1, accepted: 1 });
    await one.shutdown();
    expect(await other.send([item(2)], 'logs')).to.deep.equal({ kind: 'sent' });
  });

  it('keeps deliveries apart that differ in their options, and says so without the key', async () => {
    const messages: string[] = [];
    const ignore = (): void => undefined;
    const warn = (...args: unknown[]): number => messages.push(String(args[1]));
    diag.setLogger(
      { warn, error: ignore, info: ignore, debug: ignore, verbose: ignore },
      { suppressOverrideMessage: true },
    );
    const credential = { getToken: () => Promise.resolve(null) };
    const [one, other, third] = [open(), open({ memoryMaxBytes: 1_000_000, credential }), open()];
    diag.disable();
    await one.send([item(1)], 'traces');
    expect([one.stats().created, other.stats().created, third.stats().created]).to.deep.equal([1, 0, 1]);
    expect(messages).to.deep.equal([
      'Exporters of the resource 1111… differ in credential, memoryMaxBytes: they do not share memory and ' +
        'connections. Give them the same options.',
    ]);
  });
});

/** The same source, loaded a second time as CommonJS. */
async function commonJsCopy(): Promise<{ openDelivery: typeof openDelivery }> {
  const repository = path.resolve(import.meta.dirname, '../..');
  await mkdir(path.join(repository, 'build'), { recursive: true });
  const folder = await mkdtemp(path.join(repository, 'build', 'commonjs-'));
  try {
    await cp(path.join(repository, 'src'), folder, { recursive: true });
    // As the build does it.
    const location = path.join(folder, 'optional-packages-location.ts');
    await rename(path.join(folder, 'optional-packages-location-commonjs.ts'), location);
    await writeFile(path.join(folder, 'package.json'), '{ "type": "commonjs" }');
    return createRequire(import.meta.url)(path.join(folder, 'delivery', 'registry.ts')) as {
      openDelivery: typeof openDelivery;
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
