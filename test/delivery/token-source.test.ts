import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { expect } from 'chai';
import type { AccessToken } from '../../src/delivery/token-credential.ts';
import { TokenSource } from '../../src/delivery/token-source.ts';
import { CONTEXT_MANAGER } from './context-manager.ts';
import { never } from './delivery-bench.ts';
import { FakeClock, settled } from './fake-clock.ts';

const SCOPE = 'https://monitor.azure.com//.default';
const HOUR = 3_600_000;

/** Answers as scripted, and notes what it is asked for. */
class ScriptedCredential {
  readonly asked: (string | string[])[] = [];
  readonly #answers: (() => Promise<AccessToken | null>)[];

  constructor(...answers: (() => Promise<AccessToken | null>)[]) {
    this.#answers = answers;
  }

  getToken(scopes: string | string[]): Promise<AccessToken | null> {
    this.asked.push(scopes);
    const answer = this.#answers.shift();
    if (answer === undefined) throw new Error('asked too often');
    return answer();
  }
}

describe('TokenSource', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  const good =
    (token: string, more: Partial<AccessToken> = {}) =>
    () =>
      Promise.resolve({ token, expiresOnTimestamp: clock.wallMillis() + HOUR, ...more });

  it('asks for its scope once, and keeps the token', async () => {
    const credential = new ScriptedCredential(good('one'));
    const source = new TokenSource(credential, SCOPE, clock);
    expect([await source.get(), await source.get()]).to.deep.equal([{ token: 'one' }, { token: 'one' }]);
    expect([credential.asked, clock.pending]).to.deep.equal([[SCOPE], 0]);
  });

  it('asks once for callers at the same time', async () => {
    const credential = new ScriptedCredential(good('one'));
    const source = new TokenSource(credential, SCOPE, clock);
    expect(await Promise.all([source.get(), source.get()])).to.deep.equal([{ token: 'one' }, { token: 'one' }]);
    expect(credential.asked).to.have.length(1);
  });

  it('refreshes five minutes ahead, without making anybody wait', async () => {
    const source = new TokenSource(new ScriptedCredential(good('one'), good('two')), SCOPE, clock);
    await source.get();
    clock.advance(HOUR - 300_001);
    expect(await source.get()).to.deep.equal({ token: 'one' });
    clock.advance(1);
    expect(await source.get()).to.deep.equal({ token: 'one' });
    await settled();
    expect(await source.get()).to.deep.equal({ token: 'two' });
  });

  it('refreshes when the issuer says', async () => {
    const early = good('one', { refreshAfterTimestamp: clock.wallMillis() + 1000 });
    const source = new TokenSource(new ScriptedCredential(early, good('two')), SCOPE, clock);
    await source.get();
    clock.advance(1000);
    await source.get();
    await settled();
    expect(await source.get()).to.deep.equal({ token: 'two' });
  });

  it('goes on with a good token when refreshing fails', async () => {
    const fail = () => Promise.reject(new Error('down'));
    const source = new TokenSource(new ScriptedCredential(good('one'), fail, good('two')), SCOPE, clock);
    await source.get();
    clock.advance(HOUR - 1000);
    expect(await source.get()).to.deep.equal({ token: 'one' });
    await settled();
    clock.advance(1000);
    expect(await source.get()).to.deep.equal({ token: 'two' });
  });

  it('asks for another one when the present one was not accepted', async () => {
    const source = new TokenSource(new ScriptedCredential(good('one'), good('two')), SCOPE, clock);
    await source.get();
    source.forget();
    expect(await source.get()).to.deep.equal({ token: 'two' });
  });

  it('gives up on a credential that does not answer within 10 s', async () => {
    const credential = new ScriptedCredential(never, good('two'));
    const source = new TokenSource(credential, SCOPE, clock);
    const asking = source.get();
    clock.advance(10_000);
    expect(await asking).to.deep.equal({ failure: 'ScriptedCredential gave no answer within 10 s' });
    expect(await source.get()).to.deep.equal({ token: 'two' });
  });

  const failures: [what: string, answer: () => Promise<AccessToken | null>, failure: string][] = [
    ['rejects', () => Promise.reject(new Error('no identity')), 'ScriptedCredential failed: Error: no identity'],
    [
      'throws',
      () => {
        throw new TypeError('broken');
      },
      'ScriptedCredential failed: TypeError: broken',
    ],
    [
      'shows its secret in an error',
      () => Promise.reject(new Error(`bad ${'eyJhbGciOi.'.repeat(5)}\nat https://me:pw@login.example/`)),
      'ScriptedCredential failed: Error: bad … at https://login.example/',
    ],
    ['gives nothing', () => Promise.resolve(null), 'ScriptedCredential gave a token that is not usable'],
    ['gives a line break', good('abc\r\nX-Evil: 1'), 'ScriptedCredential gave a token that is not usable'],
    ['gives a NUL', good('abc\0'), 'ScriptedCredential gave a token that is not usable'],
    ['gives other letters', good('abcé'), 'ScriptedCredential gave a token that is not usable'],
    ['gives an empty token', good(''), 'ScriptedCredential gave a token that is not usable'],
    [
      'gives a token without an end',
      good('abc', { expiresOnTimestamp: Number.NaN }),
      'ScriptedCredential gave a token that is not usable',
    ],
  ];
  for (const [what, answer, failure] of failures) {
    it(`has no token when the credential ${what}, and asks again next time`, async () => {
      const source = new TokenSource(new ScriptedCredential(answer, good('two')), SCOPE, clock);
      expect(await source.get()).to.deep.equal({ failure });
      expect(await source.get()).to.deep.equal({ token: 'two' });
    });
  }

  it('names a credential without a class', async () => {
    const source = new TokenSource({ getToken: () => Promise.resolve(null) }, SCOPE, clock);
    expect(await source.get()).to.deep.equal({ failure: 'The credential gave a token that is not usable' });
  });

  it('asks with tracing suppressed', async () => {
    context.setGlobalContextManager(CONTEXT_MANAGER);
    const seen: boolean[] = [];
    const note = () => {
      seen.push(isTracingSuppressed(context.active()));
      return Promise.resolve(null);
    };
    await new TokenSource(new ScriptedCredential(note), SCOPE, clock).get();
    context.disable();
    expect(seen).to.deep.equal([true]);
  });
});
