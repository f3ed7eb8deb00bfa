// Traces prompts and sends the spans to Azure Monitor: node --import tsx samples/trace-azure.ts
import { AzureExporter, ProbabilitySampler, Tracer } from 'azure-monitor-bridge/opencensus';
import { connectionString } from './connection-string.ts';
import { input } from './input.ts';

const tracer = new Tracer({
  // Or as it stands: 'InstrumentationKey=00000000-0000-0000-0000-000000000000'
  exporter: new AzureExporter({ connectionString }),
  sampler: new ProbabilitySampler(1.0),
});

const valuePrompt = (): Promise<string | undefined> =>
  tracer.span('test', async () => {
    const line = await input('Enter a value: ');
    if (line !== undefined) console.log(line);
    return line;
  });

while ((await valuePrompt()) !== undefined);
