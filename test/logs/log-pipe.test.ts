import { ROOT_CONTEXT, context, createContextKey, type Context } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { expect } from 'chai';
import { startLocalMonitor, type LocalMonitor } from 'azure-monitor-local';
import { LogPipe } from '../../src/logs/log-pipe.ts';
import { CONTEXT_MANAGER } from '../delivery/context-manager.ts';
import { linesOf } from '../delivery/diag-lines.ts';

describe('LogPipe', () => {
  let monitor: LocalMonitor;
  before(async () => {
    monitor = await startLocalMonitor();
  });
  beforeEach(() => monitor.clear());
  afterEach(() => logs.disable());
  after(() => monitor.close());

  it('goes to a private provider until one is registered, and to that from then on', async () => {
    const pipe = new LogPipe('test', { connectionString: monitor.connectionString, disableOfflineStorage: true });
    const seen: unknown[] = [];
    pipe.emit('app', () => ({ body: 'private' }));
    logs.setGlobalLoggerProvider({
      getLogger: name => ({ emit: ({ body }) => seen.push([name, body]), enabled: () => true }),
    });
    pipe.emit('app', () => ({ body: 'registered' }));
    pipe.emit('db', () => ({ body: 'another' }));
    await pipe.forceFlush();
    expect(seen).to.deep.equal([
      ['app', 'registered'],
      ['db', 'another'],
    ]);
    expect(monitor.rows('traces').map(row => row.message)).to.deep.equal(['private']);
  });

  it('leaves out what is logged where telemetry is sent', () => {
    const seen: unknown[] = [];
    logs.setGlobalLoggerProvider({ getLogger: () => ({ emit: ({ body }) => seen.push(body), enabled: () => true }) });
    const pipe = new LogPipe('test');
    const key = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
    inContext(ROOT_CONTEXT.setValue(key, true), () => pipe.emit('app', () => ({ body: 'suppressed' })));
    inContext(ROOT_CONTEXT, () => pipe.emit('app', () => ({ body: 'sent' })));
    expect(seen).to.deep.equal(['sent']);
  });

  it('says once that nobody knows where to send, and throws nothing', async () => {
    const lines = await linesOf(async () => {
      const pipe = new LogPipe('azureStream', { connectionString: '' });
      pipe.emit('app', () => ({ body: 'a' }));
      pipe.emit('app', () => ({ body: 'b' }));
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(
      /azureStream: records are lost while no logger provider is registered\. .*CONNECTION_STRING/,
    );
  });

  it('loses a record that cannot be made, and no other', () => {
    const seen: unknown[] = [];
    logs.setGlobalLoggerProvider({ getLogger: () => ({ emit: ({ body }) => seen.push(body), enabled: () => true }) });
    const pipe = new LogPipe('test');
    pipe.emit('app', () => {
      throw new Error('a getter of the user');
    });
    pipe.emit('app', () => ({ body: 'next' }));
    expect(seen).to.deep.equal(['next']);
  });
});

function inContext(active: Context, work: () => void): void {
  context.setGlobalContextManager(CONTEXT_MANAGER);
  try {
    context.with(active, work);
  } finally {
    context.disable();
  }
}
