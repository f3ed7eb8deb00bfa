// Traces prompts and prints the spans: node --import tsx samples/trace-print.ts
import { ProbabilitySampler, Tracer } from 'azure-monitor-bridge/opencensus';
import { input } from './input.ts';

const tracer = new Tracer({ sampler: new ProbabilitySampler(1.0) });

const valuePrompt = (): Promise<string | undefined> =>
  tracer.span('test', async () => {
    const line = await input('Enter a value: ');
    if (line !== undefined) console.log(line);
    return line;
  });

while ((await valuePrompt()) !== undefined);
