import { expect } from 'chai';
import { ConfigurationError } from '../../src/configuration-error.ts';
import { keepOnlyFailedOrSlow, type AzureMonitorExporterOptions, type FailedOrSlowOptions } from '../../src/index.ts';
import { makeSpan, type SpanParts } from '../mapping/make-span.ts';
import { mappingContext } from '../mapping/mapping-context.ts';
import { spanToEnvelopes } from '../mapping/envelopes.ts';

const REDIS = { 'db.system.name': 'redis', 'server.address': 'cache.example' };

/** What the hook says about the row of a span. */
function answer(options: FailedOrSlowOptions, parts: SpanParts): unknown {
  const hook: AzureMonitorExporterOptions['onEnvelope'] = keepOnlyFailedOrSlow(options);
  const [envelope] = spanToEnvelopes(makeSpan({ kind: 2, attributes: REDIS, ...parts }), mappingContext());
  return envelope && hook?.(envelope);
}

describe('keepOnlyFailedOrSlow', () => {
  const options = { target: 'cache.example', slowMillis: 100 };

  const cases: [string, FailedOrSlowOptions, SpanParts, boolean][] = [
    ['drops a call that went well and was quick', options, { duration: [0, 99_999_900] }, false],
    ['keeps a call that was slow', options, { duration: [0, 100_000_000] }, true],
    ['keeps a call that took days', options, { duration: [172_800, 0] }, true],
    ['keeps a call that failed', options, { duration: [0, 1], status: { code: 2 } }, true],
    ['keeps a call to another target', options, { duration: [0, 1], attributes: { 'peer.service': 'other' } }, true],
    ['keeps a call without a target', options, { duration: [0, 1], attributes: {} }, true],
    ['keeps a request', options, { duration: [0, 1], kind: 1 }, true],
    ['finds targets by a pattern', { ...options, target: /^cache\./ }, { duration: [0, 1] }, false],
    ['finds targets by a pattern that is none', { ...options, target: /^db\./ }, { duration: [0, 1] }, true],
  ];
  for (const [what, given, parts, expected] of cases) {
    it(what, () => {
      expect(answer(given, parts)).to.equal(expected);
    });
  }

  it('finds a pattern each time, even one that remembers where it was', () => {
    const hook = keepOnlyFailedOrSlow({ target: /cache/g, slowMillis: 100 });
    const [envelope] = spanToEnvelopes(makeSpan({ kind: 2, attributes: REDIS, duration: [0, 1] }), mappingContext());
    expect([1, 2, 3].map(() => envelope && hook(envelope))).to.deep.equal([false, false, false]);
  });

  it('refuses what it cannot work with', () => {
    const refuses = (given: object, message: string): void => {
      expect(() => keepOnlyFailedOrSlow(given as FailedOrSlowOptions))
        .to.throw(ConfigurationError, message)
        .with.property('code', 'OPTION_INVALID');
    };
    refuses({ slowMillis: 1 }, 'target: expected a text or a regular expression, found undefined');
    refuses({ target: 'a', slowMillis: -1 }, 'slowMillis: expected 0 or more, found -1');
    refuses({ target: 'a' }, 'slowMillis: expected 0 or more, found undefined');
    refuses({ target: 'a', slowMillis: Symbol('s') }, 'slowMillis: expected 0 or more, found Symbol(s)');
  });
});
