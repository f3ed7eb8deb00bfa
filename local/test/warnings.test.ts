import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from '../src/index.ts';
import { message, request } from './sample-items.ts';
import { post } from './sender.ts';

describe('the warnings of a monitor', () => {
  let monitor: LocalMonitor;
  afterEach(() => monitor.close());

  it('name field, limit, finding and item, and leave the row as it came', async () => {
    monitor = await startLocalMonitor();
    const name = 'x'.repeat(1025);
    expect((await post(monitor.url, [request({ name })])).status).to.equal(200);
    expect(monitor.warnings()).to.deep.equal([
      {
        field: 'data.name',
        limit: 'at most 1024 characters',
        found: '1025 characters',
        item: `RequestData "${'x'.repeat(107)}`,
        effect: 'refused',
      },
    ]);
    expect(monitor.rows('requests').map(row => row.name)).to.deep.equal([name]);
  });

  it('fail assertClean, listed', async () => {
    monitor = await startLocalMonitor();
    monitor.assertClean();
    await post(monitor.url, [request({ source: 'x'.repeat(1025) }), message('')]);
    expect(() => monitor.assertClean()).to.throw(
      Error,
      [
        'Azure would reject, cut or show oddly 2 things:',
        '  data.source: expected at most 1024 characters, found 1025 characters (refused; RequestData "GET /orders")',
        '  data.message: expected required, found "" (unusable; MessageData "")',
      ].join('\n'),
    );
  });

  it('are counted where there are too many to list', async () => {
    monitor = await startLocalMonitor();
    await post(
      monitor.url,
      Array.from({ length: 1500 }, () => request({ responseCode: 200 })),
    );
    expect(monitor.warnings()).to.have.lengthOf(1000);
    expect(() => monitor.assertClean()).to.throw(
      Error,
      /^Azure would reject, cut or show oddly 1500 things:\n[^]*\n {2}and 1480 more$/,
    );
  });

  it('become refusals in a strict monitor, where Azure refuses', async () => {
    monitor = await startLocalMonitor({ strict: true });
    const { status, text } = await post(monitor.url, [
      request({ name: 'x'.repeat(1025) }),
      request({ responseCode: 200 }),
    ]);
    expect(status).to.equal(206);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 2,
      itemsAccepted: 1,
      errors: [
        {
          index: 0,
          statusCode: 400,
          message: "100: Field 'name' on type 'RequestData' is too long. Expected: 1024 characters, Actual: 1025",
        },
      ],
    });
    expect(monitor.rows('requests').map(({ resultCode }) => resultCode)).to.deep.equal(['200']);
  });
});
