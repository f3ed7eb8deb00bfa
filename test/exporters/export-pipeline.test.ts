import { expect } from 'chai';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { Delivered, Delivery } from '../../src/delivery/delivery.ts';
import { bytesOf, type DropReason } from '../../src/delivery/item.ts';
import type { DeliveryStats } from '../../src/delivery/stats.ts';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { BatchEncoder } from '../../src/exporters/batch-encoder.ts';
import type { EnvelopeHook } from '../../src/exporters/envelope-hook.ts';
import { ExportPipeline } from '../../src/exporters/export-pipeline.ts';
import type { TelemetrySource } from '../../src/exporters/telemetry-source.ts';
import type { ExportResult, Resource } from '../../src/mapping/opentelemetry.ts';

interface Line {
  readonly text: string;
  readonly resource?: Resource;
}

const LINES: TelemetrySource<readonly Line[], Line> = {
  signal: 'logs',
  entriesOf: lines => lines,
  resourceOf: line => line.resource ?? { attributes: {} },
  toRows: (line, { omissions, instrumentationKey }) => {
    if (line.text === 'impossible') throw new TypeError('no such line: https://me:hunter2@shop.example/?sig=abc');
    if (line.text === 'long') omissions.count('text');
    if (line.text === 'infinite') omissions.count('non_finite');
    return line.text === 'infinite' ? [] : [JSON.stringify(envelopeOf(line.text, instrumentationKey))];
  },
};

describe('ExportPipeline', () => {
  it('hands a batch over once and reports success once', async () => {
    const { pipeline, delivery } = makePipeline();
    expect(await resultsOf(pipeline, ['a', 'b'])).to.deep.equal([{ code: 0 }]);
    expect(delivery.sent).to.deep.equal([['a', 'b']]);
  });

  it('reports success for a batch that is held for later', async () => {
    const { pipeline } = makePipeline({ answers: [{ kind: 'held' }] });
    expect(await resultsOf(pipeline, ['a'])).to.deep.equal([{ code: 0 }]);
  });

  it('reports a lost batch as failed, once, with its reason', async () => {
    const { pipeline } = makePipeline({ answers: [{ kind: 'lost', reason: '1 item: HTTP 400' }] });
    expect(await resultsOf(pipeline, ['a'])).to.deep.equal([
      { code: 1, message: 'Azure Monitor export failed: 1 item: HTTP 400' },
    ]);
  });

  it('loses an impossible entry and keeps its neighbours', async () => {
    const { pipeline, delivery } = makePipeline();
    expect(await resultsOf(pipeline, ['a', 'impossible', 'b'])).to.deep.equal([{ code: 0 }]);
    expect(delivery.sent).to.deep.equal([['a', 'b']]);
    expect(delivery.dropped).to.deep.equal([['unconvertible', 'logs', 1]]);
  });

  it('survives entries that are nothing at all', async () => {
    const { pipeline, delivery } = makePipeline();
    const batch = [{ text: 'a' }, undefined as unknown as Line, null as unknown as Line];
    expect(await resultsOfBatch(pipeline, batch)).to.deep.equal([{ code: 0 }]);
    expect(delivery.sent).to.deep.equal([['a']]);
    expect(delivery.dropped).to.have.length(2);
  });

  it('reports a batch that is no batch as failed', async () => {
    const { pipeline } = makePipeline();
    expect(await resultsOfBatch(pipeline, undefined as unknown as Line[])).to.deep.equal([
      { code: 1, message: 'Azure Monitor export failed: a defect in the exporter' },
    ]);
  });

  it('hands over nothing when nothing is left of a batch', async () => {
    const { pipeline, delivery } = makePipeline();
    expect(await resultsOf(pipeline, [])).to.deep.equal([{ code: 0 }]);
    expect(await resultsOf(pipeline, ['infinite'])).to.deep.equal([{ code: 0 }]);
    expect(delivery.sent).to.deep.equal([]);
    expect(delivery.dropped).to.deep.equal([['non_finite', 'logs', 1]]);
  });

  it('counts what was cut off an item without calling it lost', async () => {
    const { pipeline, delivery } = makePipeline();
    await resultsOf(pipeline, ['long', 'long']);
    expect(delivery.dropped).to.deep.equal([]);
    expect(pipeline.stats().trimmed).to.deep.equal({ text: 2 });
  });

  it('refuses batches after shutdown', async () => {
    const { pipeline, delivery } = makePipeline();
    await pipeline.shutdown();
    expect(await resultsOf(pipeline, ['a'])).to.deep.equal([
      { code: 1, message: 'Azure Monitor export failed: the exporter is shut down' },
    ]);
    expect(delivery.sent).to.deep.equal([]);
  });

  it('finishes the batches under way before it lets go of the delivery, and lets go once', async () => {
    const { pipeline, delivery } = makePipeline();
    pipeline.export([{ text: 'a' }], () => delivery.calls.push('callback'));
    await Promise.all([pipeline.shutdown(), pipeline.shutdown()]);
    expect(delivery.calls).to.deep.equal(['send', 'callback', 'shutdown']);
  });

  it('flushes the delivery after the batches under way', async () => {
    const { pipeline, delivery } = makePipeline();
    pipeline.export([{ text: 'a' }], () => delivery.calls.push('callback'));
    await pipeline.forceFlush();
    expect(delivery.calls).to.deep.equal(['send', 'callback', 'flush']);
  });

  it('survives a result callback that throws, and calls it once', async () => {
    const { pipeline } = makePipeline();
    let calls = 0;
    pipeline.export([{ text: 'a' }], () => {
      calls += 1;
      throw new Error('theirs');
    });
    await pipeline.forceFlush();
    expect(calls).to.equal(1);
  });

  it('waits for resource attributes that are still being looked up', async () => {
    const { pipeline, delivery } = makePipeline();
    const resource = { attributes: {}, asyncAttributesPending: true, waitForAsyncAttributes };
    async function waitForAsyncAttributes(): Promise<void> {
      delivery.calls.push('attributes');
      return Promise.reject(new Error('no metadata service'));
    }
    await resultsOfBatch(pipeline, [{ text: 'a', resource }]);
    expect(delivery.calls).to.deep.equal(['attributes', 'send', 'flush']);
  });
});

describe('the hook', () => {
  const cases: [string, EnvelopeHook, string[][], unknown[]][] = [
    ['keeps an envelope it says nothing about', () => undefined, [['a', 'b']], []],
    ['keeps an envelope it says true to', () => true, [['a', 'b']], []],
    [
      'keeps what it changed in place',
      envelope => void Object.assign(envelope, { name: envelope.name + '!' }),
      [['a!', 'b!']],
      [],
    ],
    ['replaces an envelope', envelope => ({ ...envelope, name: 'c' }), [['c', 'c']], []],
    ['drops an envelope', envelope => envelope.name !== 'a', [['b']], [['hook', 'logs', 1]]],
    [
      'drops what it throws on',
      ({ name }) => {
        if (name === 'a') throw new Error('theirs');
      },
      [['b']],
      [['hook', 'logs', 1]],
    ],
    [
      'drops what it returns a promise for, whose rejection is not left alone',
      (({ name }: Envelope) => (name === 'a' ? Promise.reject(new Error('theirs')) : true)) as unknown as EnvelopeHook,
      [['b']],
      [['hook', 'logs', 1]],
    ],
    [
      'drops what it replaces by something else',
      (({ name }: Envelope) => (name === 'a' ? {} : true)) as unknown as EnvelopeHook,
      [['b']],
      [['hook', 'logs', 1]],
    ],
    [
      'drops what it throws something unreadable on',
      ({ name }) => {
        if (name === 'a') throw unreadable();
      },
      [['b']],
      [['hook', 'logs', 1]],
    ],
    [
      'loses what it made impossible to encode',
      envelope => (envelope.name === 'a' ? Object.assign(envelope, { self: envelope }) : undefined),
      [['b']],
      [['unconvertible', 'logs', 1]],
    ],
  ];
  for (const [what, hook, sent, dropped] of cases) {
    it(what, async () => {
      const { pipeline, delivery } = makePipeline({ hook });
      expect(await resultsOf(pipeline, ['a', 'b'])).to.deep.equal([{ code: 0 }]);
      expect(delivery.sent).to.deep.equal(sent);
      expect(delivery.dropped).to.deep.equal(dropped);
    });
  }
});

describe('what the exporter says of losses', () => {
  const lines: string[] = [];
  const record = (...parts: unknown[]): void => void lines.push(parts.join(' '));
  before(() =>
    diag.setLogger({ error: record, warn: record, info: record, debug: record, verbose: record }, DiagLogLevel.INFO),
  );
  after(() => diag.disable());

  it('warns once per cause, without secrets', async () => {
    const { pipeline } = makePipeline();
    await resultsOf(pipeline, ['impossible', 'impossible']);
    await resultsOf(pipeline, ['impossible']);
    expect(lines).to.deep.equal([
      'azure-monitor/exporter An item of logs could not be converted: TypeError: no such line: https://shop.example/',
    ]);
  });

  it('says what is wrong with a hook', async () => {
    lines.length = 0;
    await resultsOf(makePipeline({ hook: (async () => undefined) as unknown as EnvelopeHook }).pipeline, ['a', 'b']);
    expect(lines).to.deep.equal([
      'azure-monitor/exporter An item of logs was dropped because onEnvelope failed: ' +
        'TypeError: expected an envelope, true, false or nothing, found a promise; the hook must not be async',
    ]);
  });

  it('shows no secret of a callback that throws', async () => {
    lines.length = 0;
    const { pipeline } = makePipeline();
    pipeline.export([{ text: 'a' }], () => {
      throw new Error('no https://me:hunter2@shop.example/');
    });
    await pipeline.forceFlush();
    expect(lines).to.deep.equal(['azure-monitor/exporter The result callback threw: Error: no https://shop.example/']);
  });
});

/** What throws whenever anybody looks at it. */
function unreadable(): Error {
  const refuse = (): never => {
    throw new Error('theirs');
  };
  return new Proxy(new Error('theirs'), { get: refuse, getPrototypeOf: refuse });
}

class FakeDelivery implements Delivery {
  readonly sent: string[][] = [];
  readonly dropped: [DropReason, string, number][] = [];
  readonly calls: string[] = [];
  readonly #answers: Delivered[];

  constructor(answers: Delivered[]) {
    this.#answers = answers;
  }

  async send(items: readonly Uint8Array[]): Promise<Delivered> {
    this.calls.push('send');
    this.sent.push(items.map(item => (JSON.parse(new TextDecoder().decode(bytesOf(item))) as Envelope).name));
    await Promise.resolve();
    return this.#answers.shift() ?? { kind: 'sent' };
  }

  drop(reason: DropReason, signal: string, count = 1): void {
    this.dropped.push([reason, signal, count]);
  }

  async flush(): Promise<void> {
    this.calls.push('flush');
  }

  async shutdown(): Promise<void> {
    this.calls.push('shutdown');
  }

  stats(): DeliveryStats {
    return {} as DeliveryStats;
  }
}

function makePipeline({ answers = [], hook }: { answers?: Delivered[]; hook?: EnvelopeHook } = {}) {
  const delivery = new FakeDelivery(answers);
  const context = {
    instrumentationKey: '7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a',
    sdkVersion: 'test:1',
    hostName: 'host',
    options: {
      successStatusCodes: new Set<number>(),
      includeScope: false,
      dropZeroSums: false,
      urlQuery: 'redact-values',
    },
  } as const;
  return { pipeline: new ExportPipeline(LINES, new BatchEncoder(LINES, hook), context, delivery), delivery };
}

function resultsOf(pipeline: ExportPipeline<readonly Line[], Line>, texts: string[]) {
  return resultsOfBatch(
    pipeline,
    texts.map(text => ({ text })),
  );
}

async function resultsOfBatch(pipeline: ExportPipeline<readonly Line[], Line>, batch: readonly Line[]) {
  const results: ExportResult[] = [];
  pipeline.export(batch, result => results.push(result));
  await pipeline.forceFlush();
  return results.map(({ code, error }) => (error === undefined ? { code } : { code, message: error.message }));
}

function envelopeOf(name: string, iKey: string): Envelope {
  return {
    ver: 1,
    name,
    time: '2026-11-22T12:00:00.000Z',
    sampleRate: 100,
    iKey,
    tags: {},
    data: { baseType: 'MessageData', baseData: { ver: 2, message: name } },
  };
}
