import { expect } from 'chai';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { makeSpan } from './make-span.ts';
import { mappingContext } from './mapping-context.ts';
import { spanToEnvelopes } from './envelopes.ts';

const RESOURCE_TAGS = {
  'ai.cloud.role': 'shop',
  'ai.cloud.roleInstance': 'shop-1',
  'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
};

describe('spanToEnvelopes', () => {
  it('makes a request of a server span, and leaves out of its dimensions what its fields show', () => {
    const span = makeSpan({
      kind: 1,
      name: 'GET',
      parentSpanId: '00f067aa0ba902b7',
      status: { code: 2, message: 'no stock' },
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/cart/:id',
        'http.response.status_code': 503,
        'url.scheme': 'https',
        'url.path': '/cart/7',
        'url.query': 'full=1',
        'server.address': 'shop.example',
        'server.port': 8443,
        'client.address': '203.0.113.9',
        'user_agent.original': 'curl/8.5',
        'enduser.id': 'ada@example.com',
        'enduser.pseudo.id': 'u-1',
        'session.id': 's-1',
        'error.type': '503',
        'shop.basket': 3,
      },
    });
    expect(spanToEnvelopes(span, mappingContext())).to.deep.equal([
      {
        ver: 1,
        name: 'Microsoft.ApplicationInsights.Request',
        time: '2026-11-22T12:00:00.250Z',
        sampleRate: 100,
        iKey: '11111111-2222-3333-4444-555555555555',
        tags: {
          ...RESOURCE_TAGS,
          'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
          'ai.operation.parentId': '00f067aa0ba902b7',
          'ai.operation.name': 'GET /cart/:id',
          'ai.location.ip': '203.0.113.9',
          'ai.user.userAgent': 'curl/8.5',
          'ai.user.authUserId': 'ada@example.com',
          'ai.user.id': 'u-1',
          'ai.session.id': 's-1',
        },
        data: {
          baseType: 'RequestData',
          baseData: {
            ver: 2,
            id: 'b7ad6b7169203331',
            name: 'GET /cart/:id',
            duration: '00:00:01.5000000',
            success: false,
            responseCode: '503',
            url: 'https://shop.example:8443/cart/7?full=1',
            properties: {
              'otel.status_description': 'no stock',
              'http.route': '/cart/:id',
              'error.type': '503',
              'shop.basket': '3',
            },
          },
        },
      },
    ] satisfies Envelope[]);
  });

  it('makes a dependency of a client span', () => {
    const span = makeSpan({
      kind: 2,
      name: 'GET',
      parentSpanId: '00f067aa0ba902b7',
      attributes: {
        'http.request.method': 'GET',
        'url.full': 'https://stock.example/items/7?fresh=1',
        'server.address': 'stock.example',
        'server.port': 443,
        'http.response.status_code': 200,
        'network.protocol.version': '1.1',
      },
    });
    expect(spanToEnvelopes(span, mappingContext())).to.deep.equal([
      {
        ver: 1,
        name: 'Microsoft.ApplicationInsights.RemoteDependency',
        time: '2026-11-22T12:00:00.250Z',
        sampleRate: 100,
        iKey: '11111111-2222-3333-4444-555555555555',
        tags: {
          ...RESOURCE_TAGS,
          'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
          'ai.operation.parentId': '00f067aa0ba902b7',
        },
        data: {
          baseType: 'RemoteDependencyData',
          baseData: {
            ver: 2,
            id: 'b7ad6b7169203331',
            name: 'GET /items/7',
            duration: '00:00:01.5000000',
            success: true,
            resultCode: '200',
            type: 'Http',
            target: 'stock.example',
            data: 'https://stock.example/items/7?fresh=1',
            properties: { 'server.port': '443', 'network.protocol.version': '1.1' },
          },
        },
      },
    ] satisfies Envelope[]);
  });

  it('makes exceptions and messages of span events, on behalf of the same user and operation', () => {
    const span = makeSpan({
      kind: 4,
      name: 'orders process',
      attributes: { 'session.id': 's-1', 'microsoft.client.ip': '203.0.113.9', 'microsoft.sample_rate': 25 },
      events: [
        {
          name: 'exception',
          time: [1_795_348_801, 0],
          attributes: {
            'exception.type': 'RangeError',
            'exception.message': 'no such item',
            'exception.escaped': true,
            'session.id': 's-2',
          },
        },
        { name: 'cache miss', time: [1_795_348_801, 500_000_000], attributes: { key: 'k-1' } },
      ],
    });
    const tags = {
      ...RESOURCE_TAGS,
      'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
      'ai.operation.parentId': 'b7ad6b7169203331',
      'ai.operation.name': 'orders process',
      'ai.location.ip': '203.0.113.9',
    };
    expect(spanToEnvelopes(span, mappingContext()).slice(1)).to.deep.equal([
      {
        ver: 1,
        name: 'Microsoft.ApplicationInsights.Exception',
        time: '2026-11-22T12:00:01.000Z',
        sampleRate: 25,
        iKey: '11111111-2222-3333-4444-555555555555',
        tags: { ...tags, 'ai.session.id': 's-2' },
        data: {
          baseType: 'ExceptionData',
          baseData: {
            ver: 2,
            severityLevel: 'Error',
            exceptions: [{ typeName: 'RangeError', message: 'no such item', hasFullStack: false }],
            properties: { 'exception.escaped': 'true' },
          },
        },
      },
      {
        ver: 1,
        name: 'Microsoft.ApplicationInsights.Message',
        time: '2026-11-22T12:00:01.500Z',
        sampleRate: 25,
        iKey: '11111111-2222-3333-4444-555555555555',
        tags: { ...tags, 'ai.session.id': 's-1' },
        data: { baseType: 'MessageData', baseData: { ver: 2, message: 'cache miss', properties: { key: 'k-1' } } },
      },
    ] satisfies Envelope[]);
  });
});
