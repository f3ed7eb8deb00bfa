import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { toItem } from '../../src/envelope/item.ts';

describe('toItem', () => {
  it('encodes an envelope as one JSON object in UTF-8', () => {
    const envelope: Envelope = {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Message',
      time: '2026-11-22T12:00:00.000Z',
      sampleRate: 100,
      iKey: '7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a',
      tags: { 'ai.cloud.role': 'café' },
      data: { baseType: 'MessageData', baseData: { ver: 2, message: '5 €' } },
    };
    expect(new TextDecoder().decode(toItem(envelope))).to.equal(
      '{"ver":1,"name":"Microsoft.ApplicationInsights.Message","time":"2026-11-22T12:00:00.000Z","sampleRate":100,' +
        '"iKey":"7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a","tags":{"ai.cloud.role":"café"},' +
        '"data":{"baseType":"MessageData","baseData":{"ver":2,"message":"5 €"}}}',
    );
  });
});
