import { expect } from 'chai';
import { AttributeReader } from '../../src/mapping/attributes.ts';
import { fact } from '../../src/mapping/fact.ts';
import { makeLogRecord } from './make-log-record.ts';
import { makeSpan } from './make-span.ts';
import { mappingContext } from './mapping-context.ts';
import { logToEnvelope, spanToEnvelopes } from './envelopes.ts';

const A = fact('a');
const DIGITS = '1'.repeat(100_000);

describe('what is too long to be read whole', () => {
  it('is no number, however many digits it has', () => {
    expect(new AttributeReader({ a: DIGITS }).peekNumber(A)).to.equal(undefined);
    expect(new AttributeReader({ a: `${'0'.repeat(63)}7` }).peekNumber(A)).to.equal(7);
  });

  it('is no port, no status and no sample rate', () => {
    const attributes = {
      'http.request.method': 'GET',
      'server.address': 'api.example',
      'server.port': DIGITS,
      'microsoft.sample_rate': DIGITS,
    };
    const [envelope] = spanToEnvelopes(makeSpan({ kind: 2, attributes }), mappingContext());
    expect(envelope?.sampleRate).to.equal(100);
    expect(envelope?.data.baseData).to.include({ target: 'api.example', success: true });
  });

  it('is no time', () => {
    const [envelope] = spanToEnvelopes(
      makeSpan({ startTime: [DIGITS, 0] as never, duration: [DIGITS, 0] as never }),
      mappingContext(),
    );
    expect(envelope?.time).to.equal('2026-11-22T12:00:00.000Z');
    expect(envelope?.data.baseData).to.deep.include({
      duration: '00:00:00.0000000',
      properties: { original_time: 'NaNs 0ns' },
    });
  });

  it('is no JSON of measurements, but a property that is cut', () => {
    const text = `{"a":1${' '.repeat(200_000)}}`;
    const context = mappingContext();
    const { data } = logToEnvelope(
      makeLogRecord({ body: 'x', attributes: { 'microsoft.custom_measurements': text } }),
      context,
    );
    expect(data.baseData).to.deep.equal({
      ver: 2,
      message: 'x',
      properties: { 'microsoft.custom_measurements': text.slice(0, 8192) },
    });
    expect([...context.omissions.entries()]).to.deep.equal([['text', 1]]);
  });

  it('is a key of 150, and no secret before its limit survives the cut', () => {
    const attributes = { ['k'.repeat(100_000)]: 1, [`token=hunter2&${'n'.repeat(100_000)}`]: 2 };
    const { data } = logToEnvelope(makeLogRecord({ body: 'x', attributes }), mappingContext());
    expect(data.baseData).to.deep.equal({
      ver: 2,
      message: 'x',
      properties: { ['k'.repeat(150)]: '1', 'token=REDACTED': '2' },
    });
  });

  it('is a buffer, whose bytes are not listed one by one', () => {
    const record = (properties: unknown): ReturnType<typeof makeLogRecord> =>
      makeLogRecord({ body: { message: 'x', properties }, attributes: { '_MS.baseType': 'MessageData' } });
    expect(logToEnvelope(record(Buffer.from('hello')), mappingContext()).data.baseData).to.deep.equal({
      ver: 2,
      message: 'x',
      properties: { properties: 'aGVsbG8=' },
    });
    expect([...new AttributeReader(Buffer.from('hello') as never).rest()]).to.deep.equal([]);
  });
});
