import { expect } from 'chai';
import { toLinksText } from '../../src/mapping/links.ts';
import { Omissions } from '../../src/mapping/omissions.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

describe('toLinksText', () => {
  it('leaves out what is no id, and counts it', () => {
    const omissions = new Omissions();
    const links = ['b7ad6b7169203331', 'b'.repeat(10_000_000), 7, undefined].map(spanId => ({
      context: { traceId: TRACE_ID, spanId: spanId as string, traceFlags: 1 },
    }));
    expect(toLinksText(links, omissions)).to.equal(`[{"operation_Id":"${TRACE_ID}","id":"b7ad6b7169203331"}]`);
    expect([...omissions.entries()]).to.deep.equal([['link', 3]]);
  });

  it('says nothing of a span without links', () => {
    expect(toLinksText([], new Omissions())).to.equal(undefined);
  });
});
