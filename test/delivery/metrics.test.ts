import type { MeterProvider as ApiMeterProvider } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import type { MeterProvider as OurMeterProvider } from '../../src/delivery/metrics.ts';
import { Bench, items } from './delivery-bench.ts';

describe('the metrics of a delivery', () => {
  it('show its stats, once for all exporters on a provider', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meterProvider = new MeterProvider({ readers: [reader] });
    const bench = await Bench.start([{}, { status: 405 }, { status: 503 }]);
    const delivery = bench.open({ meterProvider });
    bench.open({ meterProvider });
    await delivery.send(items(0, 5), 'traces');
    await delivery.send(items(5, 7), 'logs');
    delivery.drop('hook', 'logs', 3);
    await delivery.send(items(7, 8), 'metrics');
    bench.clock.advance(500);

    await reader.forceFlush();
    const { memoryBytes } = delivery.stats();
    expect(pointsOf(exporter)).to.deep.equal([
      [
        'azure_monitor.delivery.created',
        '{item}',
        [
          [5, { signal: 'traces' }],
          [1, { signal: 'metrics' }],
          [5, { signal: 'logs' }],
        ],
      ],
      [
        'azure_monitor.delivery.accepted',
        '{item}',
        [
          [5, { signal: 'traces' }],
          [0, { signal: 'metrics' }],
          [0, { signal: 'logs' }],
        ],
      ],
      ['azure_monitor.delivery.rejected', '{item}', [[2, { status: '405' }]]],
      ['azure_monitor.delivery.dropped', '{item}', [[3, { reason: 'hook' }]]],
      ['azure_monitor.delivery.memory.items', '{item}', [[1, {}]]],
      ['azure_monitor.delivery.memory.size', 'By', [[memoryBytes, {}]]],
      ['azure_monitor.delivery.disk.items', '{item}', [[0, {}]]],
      ['azure_monitor.delivery.disk.size', 'By', [[0, {}]]],
      ['azure_monitor.delivery.oldest', 'ms', [[500, {}]]],
      ['azure_monitor.delivery.open', '1', [[0, {}]]],
    ]);

    await bench.close();
    await meterProvider.shutdown();
  });

  it('are observed no longer when the delivery has closed', async () => {
    const callbacks = new Set<unknown>();
    const instrument = {
      addCallback: (callback: unknown) => callbacks.add(callback),
      removeCallback: (callback: unknown) => callbacks.delete(callback),
    };
    const meter = { createObservableCounter: () => instrument, createObservableGauge: () => instrument };
    const bench = await Bench.start();
    bench.open({ meterProvider: { getMeter: () => meter } });
    expect(callbacks.size).to.equal(10);
    await bench.close();
    expect(callbacks.size).to.equal(0);
  });

  it('take the providers of OpenTelemetry', () => {
    const assigned: (provider: ApiMeterProvider) => OurMeterProvider = provider => provider;
    expect(assigned).to.be.a('function');
  });
});

function pointsOf(exporter: InMemoryMetricExporter): [name: string, unit: string, points: [unknown, object][]][] {
  const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(scope => scope.metrics));
  return metrics.map(({ descriptor, dataPoints }) => [
    descriptor.name,
    descriptor.unit,
    dataPoints.map(({ value, attributes }) => [value, attributes]),
  ]);
}
