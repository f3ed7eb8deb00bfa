import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import type { MappingContext } from '../../src/mapping/context.ts';
import { SpanKind, SpanStatusCode, type AttributeMap, type HrTime } from '../../src/mapping/opentelemetry.ts';
import { spanToEnvelopes } from '../../src/mapping/span.ts';
import { readFamilies, toContext } from './conformance-case.ts';

type Mapping = (input: Record<string, unknown>, context: MappingContext) => Envelope[];

/** How the cases of each folder of the corpus are mapped. */
const SIGNALS: readonly [folder: string, map: Mapping][] = [['spans', mapSpan]];

for (const [folder, map] of SIGNALS) {
  for (const { name, cases } of readFamilies(folder)) {
    describe(`the corpus, ${folder}, ${name.replaceAll('-', ' ')}`, () => {
      for (const { title, input, context, expected } of cases) {
        it(`says: ${title}`, () => {
          expect(map(input, toContext(context))).to.deep.equal(expected);
        });
      }
    });
  }
}

/** A span as the corpus writes it. */
interface CaseSpan {
  readonly name: string;
  readonly kind: keyof typeof SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly startTime: HrTime;
  readonly duration: HrTime;
  readonly status: { readonly code: keyof typeof SpanStatusCode; readonly message?: string };
  readonly attributes: AttributeMap;
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes?: AttributeMap }[];
  readonly events: readonly { readonly name: string; readonly time: HrTime; readonly attributes?: AttributeMap }[];
  readonly resource: AttributeMap;
  readonly scope: { readonly name: string; readonly version?: string };
}

function mapSpan(input: Record<string, unknown>, context: MappingContext): Envelope[] {
  const span = input as unknown as CaseSpan;
  const { traceId, spanId, parentSpanId, traceState, status, links, resource, scope } = span;
  return spanToEnvelopes(
    {
      ...span,
      kind: SpanKind[span.kind],
      spanContext: () => ({
        traceId,
        spanId,
        traceFlags: 1,
        traceState: traceState === undefined ? undefined : { serialize: () => traceState },
      }),
      parentSpanContext: parentSpanId === undefined ? undefined : { traceId, spanId: parentSpanId, traceFlags: 1 },
      status: { ...status, code: SpanStatusCode[status.code] },
      links: links.map(link => ({
        context: { traceId: link.traceId, spanId: link.spanId, traceFlags: 1 },
        attributes: link.attributes,
      })),
      resource: { attributes: resource },
      instrumentationScope: scope,
    },
    context,
  );
}
