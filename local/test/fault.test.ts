import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { setImmediate } from 'node:timers/promises';
import { PARTIAL_MALFORMATIONS, startLocalMonitor, type Fault, type LocalMonitor } from '../src/index.ts';
import { message, request } from './sample-items.ts';
import { post, type Reply } from './sender.ts';

const STAGES = ['before-body', 'during-body', 'after-body', 'during-answer'] as const;
const items = [request({ id: 'a' }), request({ id: 'b' }), request({ id: 'c' })];

describe('failNext', () => {
  let monitor: LocalMonitor;
  beforeEach(async () => {
    monitor = await startLocalMonitor();
  });
  afterEach(() => monitor.close());

  const ids = (): string[] => monitor.rows('requests').map(({ id }) => id);
  const send = (): Promise<Reply> => post(monitor.url, items);
  const failure = (): Promise<unknown> => send().then(String, ({ code }: NodeJS.ErrnoException) => code);

  it('plays a script, one fault after the other', async () => {
    monitor.failNext([{ status: 500 }, {}, { status: 429, retryAfterSeconds: 3, times: 2 }]);
    monitor.failNext({ status: 402 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) statuses.push((await send()).status);
    expect(statuses).to.deep.equal([500, 200, 429, 429, 402, 200]);
  });

  it('answers in the form of the service', async () => {
    monitor.failNext({ status: 503 });
    const { status, headers, text } = await send();
    expect({ status, type: headers['content-type'], retryAfter: headers['retry-after'] }).to.deep.equal({
      status: 503,
      type: 'application/json; charset=utf-8',
      retryAfter: undefined,
    });
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 0,
      itemsAccepted: 0,
      errors: [{ index: 0, statusCode: 503, message: 'As the test asked with failNext' }],
    });
  });

  it('answers with headers and a body of the test', async () => {
    monitor.failNext({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Sign in</p>' });
    const { status, headers, text } = await send();
    expect([status, headers['content-type'], text]).to.deep.equal([200, 'text/html', '<p>Sign in</p>']);
    expect(ids()).to.deep.equal([]);
  });

  it('answers 204 without a body, and keeps the items', async () => {
    monitor.failNext({ status: 204 });
    const { status, text } = await send();
    expect([status, text, ids()]).to.deep.equal([204, '', ['a', 'b', 'c']]);
  });

  it('redirects', async () => {
    monitor.failNext({ status: 308, headers: { location: 'https://other.example/v2.1/track' } });
    const { status, headers } = await send();
    expect([status, headers.location, ids()]).to.deep.equal([308, 'https://other.example/v2.1/track', []]);
  });

  it('lets a Retry-After travel on a success', async () => {
    monitor.failNext({ retryAfterSeconds: 60 });
    const { status, headers } = await send();
    expect([status, headers['retry-after'], ids()]).to.deep.equal([200, '60', ['a', 'b', 'c']]);
  });

  it('answers late, and others meanwhile', async () => {
    monitor.failNext({ delayMillis: 300 });
    const order: string[] = [];
    const late = send().then(() => order.push('late'));
    await monitor.waitFor('requests', ({ id }) => id === 'a');
    await send().then(() => order.push('meanwhile'));
    await late;
    expect(order).to.deep.equal(['meanwhile', 'late']);
  });

  it('does not mind a sender that leaves before a late answer', async () => {
    monitor.failNext({ delayMillis: 60_000 });
    const leaveAfter = monitor.waitFor('requests', () => true);
    expect(await post(monitor.url, items, { leaveAfter }).then(String, String)).to.equal('Error: The sender left');
    expect((await send()).status).to.equal(200);
  });

  for (const stage of STAGES) {
    it(`resets the connection at ${stage}`, async () => {
      monitor.failNext({ reset: stage });
      expect(await failure()).to.be.oneOf(['ECONNRESET', 'EPIPE']);
      expect(ids()).to.deep.equal(stage === 'during-answer' ? ['a', 'b', 'c'] : []);
      expect((await send()).status).to.equal(200);
    });

    it(`falls silent at ${stage} until the monitor is closed`, async () => {
      monitor.failNext([{ hang: stage }, {}]);
      const silent = failure();
      while (monitor.received().requests === 0) await setImmediate();
      await post(monitor.url, [message('meanwhile')]);
      expect(monitor.rows('traces')).to.have.lengthOf(1);
      await monitor.close();
      expect(await silent).to.equal('ECONNRESET');
    });
  }

  it('breaks a TLS connection', async () => {
    monitor.failNext({ reset: 'after-body' });
    const code = await new Promise(resolve => {
      const options = { ca: readFileSync(monitor.caFile), method: 'POST', agent: false };
      const sending = httpsRequest(`${monitor.url.replace('http', 'https')}/v2.1/track`, options, () =>
        resolve('answered'),
      );
      sending.on('error', ({ code: failed }: NodeJS.ErrnoException) => resolve(failed)).end(JSON.stringify(items));
    });
    expect(code).to.equal('ECONNRESET');
  });

  it('sends the head and half of the answer before it breaks off', async () => {
    monitor.failNext({ status: 500, reset: 'during-answer' });
    const seen: string[] = [];
    await post(monitor.url, items, { onHead: status => seen.push(String(status)) }).catch(() =>
      seen.push('broken off'),
    );
    expect(seen).to.deep.equal(['500', 'broken off']);
    expect(ids()).to.deep.equal([]);
  });

  it('keeps the items of an answer that is lost, so that a second try makes copies', async () => {
    monitor.failNext({ reset: 'after-body', keep: true });
    await failure();
    await send();
    expect(ids()).to.deep.equal(['a', 'b', 'c', 'a', 'b', 'c']);
    const { requests, unique, duplicates, missing } = monitor.received();
    expect({ requests, items: monitor.received().items, unique, duplicates, missing }).to.deep.equal({
      requests: 2,
      items: 6,
      unique: 3,
      duplicates: 3,
      missing: 0,
    });
  });

  it('refuses the items a test names, and keeps the others', async () => {
    monitor.failNext({
      partial: [
        { index: 0, statusCode: 500, message: 'Internal error' },
        { index: 2, statusCode: 429 },
        { index: 3, statusCode: 400 },
      ],
      retryAfterSeconds: 1,
    });
    const { status, headers, text } = await send();
    expect([status, headers['retry-after']]).to.deep.equal([206, '1']);
    expect(JSON.parse(text)).to.deep.equal({
      itemsReceived: 3,
      itemsAccepted: 1,
      errors: [
        { index: 0, statusCode: 500, message: 'Internal error' },
        { index: 2, statusCode: 429, message: 'As the test asked with failNext' },
      ],
    });
    expect(ids()).to.deep.equal(['b']);
    const operation = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(monitor.received().missingIds).to.deep.equal([`${operation}/a`, `${operation}/c`]);
  });

  it('takes all items where the test names none of the request', async () => {
    monitor.failNext({ partial: [{ index: 3, statusCode: 500 }] });
    expect((await send()).status).to.equal(200);
    expect(ids()).to.deep.equal(['a', 'b', 'c']);
  });

  const why = 'As the test asked with failNext';
  const right = { index: 0, statusCode: 500, message: why };
  const body = (errors: unknown): string => JSON.stringify({ itemsReceived: 3, itemsAccepted: 2, errors });
  const malformed: Record<(typeof PARTIAL_MALFORMATIONS)[number], string> = {
    'index-missing': body([{ statusCode: 500, message: why }]),
    'index-null': body([{ index: null, statusCode: 500, message: why }]),
    'index-text': body([{ index: '0', statusCode: 500, message: why }]),
    'index-fraction': body([{ index: 0.5, statusCode: 500, message: why }]),
    'index-negative': body([{ index: -1, statusCode: 500, message: why }]),
    'index-beyond': body([{ index: 3, statusCode: 500, message: why }]),
    'index-twice': body([right, right]),
    'status-missing': body([{ index: 0, message: why }]),
    'status-text': body([{ index: 0, statusCode: '500', message: why }]),
    'message-missing': body([{ index: 0, statusCode: 500 }]),
    'message-null': body([{ index: 0, statusCode: 500, message: null }]),
    'error-null': body([null]),
    'error-text': body([why]),
    'errors-missing': '{"itemsReceived":3,"itemsAccepted":2}',
    'errors-null': body(null),
    'errors-object': body({ 0: right }),
    'errors-empty': body([]),
    'counts-missing': JSON.stringify({ errors: [right] }),
    'counts-text': JSON.stringify({ itemsReceived: '3', itemsAccepted: 'most', errors: [right] }),
    'counts-wrong': JSON.stringify({ itemsReceived: 4, itemsAccepted: 4, errors: [right] }),
    'body-null': 'null',
    'body-list': JSON.stringify([right]),
    'body-empty': '',
    'body-cut':
      '{"itemsReceived":3,"itemsAccepted":2,"errors":[{"index":0,"statusCode":500,"message":"As the test asked with fai',
    'body-html': '<!DOCTYPE html><title>Partial Content</title>',
  };
  for (const partial of PARTIAL_MALFORMATIONS) {
    it(`breaks a partial success: ${partial}`, async () => {
      monitor.failNext({ partial });
      const { status, text } = await send();
      expect({ status, text, kept: ids() }).to.deep.equal({ status: 206, text: malformed[partial], kept: ['b', 'c'] });
    });
  }

  it('loses sight of no item, whatever the faults', async () => {
    const fault = fc.oneof(
      fc.constant<Fault>({}),
      fc.record({ status: fc.integer({ min: 200, max: 599 }), keep: fc.boolean() }),
      fc.record({ reset: fc.constantFrom('after-body' as const, 'during-answer' as const), keep: fc.boolean() }),
      fc.record({ partial: fc.constantFrom(...PARTIAL_MALFORMATIONS) }),
      fc.record({ partial: fc.array(fc.record({ index: fc.nat(4), statusCode: fc.constant(500) })) }),
    );
    const script = fc.array(fc.tuple(fault, fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })), { minLength: 1 });
    const oneRun = async (turns: [Fault, string[]][]): Promise<void> => {
      monitor.clear();
      const sent = new Set<string>();
      for (const [next, batch] of turns) {
        monitor.failNext(next);
        const body = batch.map(id => request({ id }));
        await post(monitor.url, body).catch(() => undefined);
        for (const id of batch) sent.add(id);
      }
      const { requests, items: kept, unique, duplicates, missing } = monitor.received();
      expect(requests).to.equal(turns.length);
      expect(unique + missing).to.equal(sent.size);
      expect(unique + duplicates)
        .to.equal(kept)
        .and.to.equal(ids().length);
    };
    await fc.assert(fc.asyncProperty(script, oneRun), { numRuns: 50 });
  });

  const wrong: [Fault, string][] = [
    [{ times: 0 }, 'failNext: times: expected a whole number above 0, found {"times":0}'],
    [{ status: 99 }, 'failNext: status: expected 200 to 599, found {"status":99}'],
    [{ delayMillis: -1 }, 'failNext: delayMillis: expected 0 to 2147483647, found {"delayMillis":-1}'],
    [{ retryAfterSeconds: -1 }, 'failNext: retryAfterSeconds: expected 0 or more, found {"retryAfterSeconds":-1}'],
    [{ partial: [], body: '' }, 'failNext: partial and body: expected one of them, found {"partial":[],"body":""}'],
    [
      { reset: 'after-body', hang: 'after-body' },
      'failNext: reset and hang: expected one of them, found {"reset":"after-body","hang":"after-body"}',
    ],
    [
      { partial: 'toString' as 'body-cut' },
      'failNext: partial: expected a known malformation, found {"partial":"toString"}',
    ],
    [{ headers: { location: 'a\nb' } }, 'Invalid character in header content ["location"]'],
  ];
  for (const [fault, text] of wrong) {
    it(`refuses ${JSON.stringify(fault)}`, async () => {
      expect(() => monitor.failNext([{ status: 500 }, fault])).to.throw(TypeError, text);
      expect((await send()).status).to.equal(200);
    });
  }
});

describe('received', () => {
  it('tells copies, refusals and what faults kept out', async () => {
    const monitor = await startLocalMonitor();
    const [hello, lost] = [message('hello'), message('lost')];
    await post(monitor.url, [hello, request({ id: 'a' }), 7]);
    await post(monitor.url, [hello]);
    monitor.failNext({ status: 503, times: 2 });
    await post(monitor.url, [lost, request({ id: 'a' })]);
    await post(monitor.url, [lost, request({ id: 'b' })]);
    await post(monitor.url, [request({ id: 'b' })]);
    const { ids, duplicateIds, missingIds, ...counts } = monitor.received();
    expect(counts).to.deep.equal({ requests: 5, items: 4, unique: 3, duplicates: 1, refused: 1, missing: 1 });
    expect(ids).to.have.lengthOf(3).and.include('4bf92f3577b34da6a3ce929d0e0e4736/a');
    expect(duplicateIds)
      .to.have.lengthOf(1)
      .and.match(/^[0-9a-f]{32}$/);
    expect(missingIds)
      .to.have.lengthOf(1)
      .and.match(/^[0-9a-f]{32}$/);
    monitor.clear();
    expect(monitor.received()).to.deep.equal({
      requests: 0,
      items: 0,
      unique: 0,
      duplicates: 0,
      refused: 0,
      missing: 0,
      ids: [],
      duplicateIds: [],
      missingIds: [],
    });
    await monitor.close();
  });
});
