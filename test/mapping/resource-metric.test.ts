import assert from 'node:assert/strict';
import { resourceMetric } from '../../src/mapping/resource-metric.ts';
import { mappingContext } from './mapping-context.ts';
import { toEnvelope } from './envelopes.ts';

describe('resourceMetric', () => {
  it('shows the attributes of a resource but those of the SDK', () => {
    const attributes = {
      'service.name': 'shop',
      'service.instance.id': 'shop-1',
      'telemetry.sdk.language': 'nodejs',
      '_MS.internal': 'x',
      'process.pid': 42,
    };
    assert.deepStrictEqual(toEnvelope(resourceMetric({ attributes }, mappingContext())), {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Metric',
      time: '2026-11-22T12:00:00.000Z',
      sampleRate: 100,
      iKey: '11111111-2222-3333-4444-555555555555',
      tags: {
        'ai.cloud.role': 'shop',
        'ai.cloud.roleInstance': 'shop-1',
        'ai.internal.sdkVersion': 'azure-monitor-bridge:0.1.0',
      },
      data: {
        baseType: 'MetricData',
        baseData: {
          ver: 2,
          metrics: [{ name: '_OTELRESOURCE_', kind: 'Aggregation', value: 1, count: 1 }],
          properties: { 'service.name': 'shop', 'service.instance.id': 'shop-1', 'process.pid': '42' },
        },
      },
    });
  });

  it('shows a resource that says nothing', () => {
    assert.deepStrictEqual(toEnvelope(resourceMetric({ attributes: {} }, mappingContext())).data.baseData, {
      ver: 2,
      metrics: [{ name: '_OTELRESOURCE_', kind: 'Aggregation', value: 1, count: 1 }],
    });
  });
});
