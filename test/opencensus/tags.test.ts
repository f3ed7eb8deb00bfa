import { expect } from 'chai';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountAggregation } from '../../src/opencensus/aggregation.ts';
import { MeasureInt } from '../../src/opencensus/measure.ts';
import { Stats } from '../../src/opencensus/stats.ts';
import { BinarySerializer, deserializeTextFormat, serializeTextFormat } from '../../src/opencensus/tag-formats.ts';
import { tagKey, tagValue } from '../../src/opencensus/tag-key.ts';
import { TagContext } from '../../src/opencensus/tag-context.ts';
import { TagMap } from '../../src/opencensus/tag-map.ts';
import { View } from '../../src/opencensus/view.ts';
import { warningsOf } from './captured-warnings.ts';

const KEY_MESSAGE = 'tag name must not be empty,no longer than 255 characters and of ascii values between 32 - 126';
const VALUE_MESSAGE = 'tag value must not be longer than 255 characters and of ascii values between 32 - 126';

describe('tags', () => {
  it('have keys of 1 to 255 printable ASCII characters', () => {
    expect(tagKey('a ~')).to.equal('a ~');
    expect(tagKey('k'.repeat(255))).to.have.length(255);
    for (const bad of ['', 'k'.repeat(256), 'tab\t', 'é']) expect(() => tagKey(bad)).to.throw(RangeError, KEY_MESSAGE);
  });

  it('have values of up to 255 printable ASCII characters', () => {
    expect(tagValue('')).to.equal('');
    for (const bad of ['v'.repeat(256), 'line\n', '✓']) expect(() => tagValue(bad)).to.throw(RangeError, VALUE_MESSAGE);
  });
});

describe('TagMap', () => {
  it('keeps the value of a key that is there already', () => {
    const tags = new TagMap([['a', '1']]);
    tags.insert('a', '2');
    tags.insert('b', '3');
    expect([...tags]).to.deep.equal([
      ['a', '1'],
      ['b', '3'],
    ]);
  });

  it('changes only what is there', () => {
    const tags = new TagMap([['a', '1']]);
    tags.update('a', '2');
    tags.update('b', '3');
    expect([...tags.map]).to.deep.equal([['a', '2']]);
  });

  it('finds and takes out', () => {
    const tags = new TagMap([['a', '1']]);
    expect([tags.tagKeyExists('a'), tags.getValue('a')]).to.deep.equal([true, '1']);
    tags.delete('a');
    expect(tags.tagKeyExists('a')).to.equal(false);
    expect(() => tags.getValue('a')).to.throw(RangeError, 'key is not in map');
  });

  it('takes no tag that none may be', () => {
    expect(() => new TagMap([['', '1']])).to.throw(RangeError, KEY_MESSAGE);
    expect(() => new TagMap().insert('a', 'é')).to.throw(RangeError, VALUE_MESSAGE);
    expect(() => new TagMap([['a', '1']]).update('a', 'é')).to.throw(RangeError, VALUE_MESSAGE);
  });
});

describe('TagContext', () => {
  const ann = new TagMap([['user', 'ann']]);
  const bob = new TagMap([['user', 'bob']]);

  it('is seen by what is started inside, and by nobody else', async () => {
    const seen = await TagContext.run(ann, async () => {
      await Promise.resolve();
      const inner = TagContext.run(bob, () => TagContext.get());
      return [TagContext.get(), inner];
    });
    expect([...seen, TagContext.get()]).to.deep.equal([ann, bob, null]);
  });

  it('is kept apart in 100 overlapping asynchronous calls, also in what they record', async () => {
    const stats = new Stats();
    const measure = new MeasureInt('calls', '', 'calls');
    stats.viewManager.registerView(new View('calls', '', ['call'], measure, new CountAggregation()));
    const calls = Array.from({ length: 100 }, (_, i) => `call ${i}`);
    await Promise.all(
      calls.map((call, i) =>
        TagContext.run(new TagMap([['call', call]]), async () => {
          await sleep(i % 7);
          expect(TagContext.get()?.getValue('call')).to.equal(call);
          const map = stats.statsRecorder.newMeasurementMap();
          map.measureIntPut(measure, 1);
          map.record();
        }),
      ),
    );
    const [metric] = stats.getMetrics();
    expect(metric?.timeSeries.map(({ labelValues }) => labelValues[0])).to.have.members(calls);
    expect(new Set(metric?.timeSeries.map(({ points }) => String(points[0]?.value)))).to.deep.equal(
      new Set(['ValueLong(1)']),
    );
  });

  it('is set and cleared for the rest of a call', () => {
    TagContext.run(ann, () => {
      TagContext.set(bob);
      expect(TagContext.get()).to.equal(bob);
      TagContext.clear();
      expect(TagContext.get()).to.equal(null);
    });
  });
});

describe('the binary form of tags', () => {
  const serializer = new BinarySerializer();
  const bytes = '0000046b6579310676616c75653100026b3200';

  // Recorded on OpenCensus Python.
  it('is that of OpenCensus', () => {
    const tags = new TagMap([
      ['key1', 'value1'],
      ['k2', ''],
    ]);
    expect(Buffer.from(serializer.toByteArray(tags) ?? []).toString('hex')).to.equal(bytes);
    expect([...serializer.fromByteArray(Buffer.from(bytes, 'hex'))]).to.deep.equal([
      ['key1', 'value1'],
      ['k2', ''],
    ]);
  });

  it('holds lengths of more than one byte', () => {
    const tags = new TagMap([['k', 'v'.repeat(200)]]);
    const written = serializer.toByteArray(tags) ?? new Uint8Array();
    expect([...written.subarray(0, 6)]).to.deep.equal([0, 0, 1, 0x6b, 0xc8, 0x01]);
    expect([...serializer.fromByteArray(written)]).to.deep.equal([...tags]);
  });

  it('gives back whatever was written', () => {
    const text = (minLength: number) => fc.string({ unit: 'grapheme-ascii', minLength, maxLength: 255 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text(1), text(0)), { maxLength: 10 }), list => {
        const tags = new TagMap(list);
        expect([...serializer.fromByteArray(serializer.toByteArray(tags)!)]).to.deep.equal([...tags]);
      }),
    );
  });

  it('throws nothing but a RangeError, whatever it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        try {
          serializer.fromByteArray(Uint8Array.from([0, 0, ...bytes]));
        } catch (error) {
          expect(error).to.be.instanceOf(RangeError);
        }
      }),
    );
  });

  it('is read up to the first unknown field', () => {
    expect([...serializer.fromByteArray(Buffer.from('0000016b0176010000', 'hex'))]).to.deep.equal([['k', 'v']]);
  });

  it('is no tags when there are no bytes', () => {
    expect([...serializer.fromByteArray(new Uint8Array())]).to.deep.equal([]);
  });

  const refused: [string, string, string][] = [
    ['another version', '01', 'Invalid version id.'],
    ['a key that ends too soon', '0000046b65', 'The bytes of the tags end too soon.'],
    ['a missing value', '0000016b', 'The bytes of the tags end too soon.'],
    ['a length that never ends', '0000ffffffffffff', 'varint too long'],
    ['what no tag may be', '0000010a00', KEY_MESSAGE],
  ];
  for (const [what, hex, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => serializer.fromByteArray(Buffer.from(hex, 'hex'))).to.throw(RangeError, message);
    });
  }

  it('holds 8192 characters at most', () => {
    const tags = manyTags(33);
    const warnings = warningsOf(() => expect(serializer.toByteArray(tags)).to.equal(null));
    expect(warnings).to.deep.equal(['Size of the tag context exceeds the maximum size']);
  });

  it('is read up to 8192 characters', () => {
    const field = (key: string) => [0, 3, ...Buffer.from(key), 0xfd, 0x01, ...Buffer.alloc(253, 'v')];
    const all = Uint8Array.from([0, ...Array.from({ length: 33 }, (_, i) => field(`k${10 + i}`)).flat()]);
    let read = 0;
    const warnings = warningsOf(() => {
      read = [...serializer.fromByteArray(all)].length;
    });
    expect(read).to.equal(32);
    expect(warnings).to.deep.equal(['Size of the tag context exceeds maximum']);
  });
});

describe('the text form of tags', () => {
  it('is that of OpenCensus', () => {
    const tags = new TagMap([
      ['k', 'v'],
      ['k2', ''],
    ]);
    expect(serializeTextFormat(tags)).to.equal('k=v,k2=');
    expect([...deserializeTextFormat('k=v,k2=')]).to.deep.equal([...tags]);
    expect([...deserializeTextFormat('')]).to.deep.equal([]);
    expect([...deserializeTextFormat('k=1,k=2')]).to.deep.equal([['k', '2']]);
  });

  it('refuses what is no tag', () => {
    for (const bad of ['k', 'k=v=w', 'k=v,,'])
      expect(() => deserializeTextFormat(bad)).to.throw(RangeError, 'Malformed tag');
    expect(() => deserializeTextFormat('k=é')).to.throw(RangeError, VALUE_MESSAGE);
  });

  it('holds 180 tags and 8192 characters at most', () => {
    const small = new TagMap(Array.from({ length: 181 }, (_, i) => [`k${i}`, '']));
    expect(() => serializeTextFormat(small)).to.throw(RangeError, 'Number of tags in the TagMap exceeds limit 180');
    expect(() => serializeTextFormat(manyTags(33))).to.throw(
      RangeError,
      'Size of TagMap exceeds the maximum serialized size 8192',
    );
  });
});

/** Tags of 256 characters each. */
function manyTags(count: number): TagMap {
  return new TagMap(Array.from({ length: count }, (_, i) => [`k${10 + i}`, 'v'.repeat(253)]));
}
