import { SpanKind } from '@opentelemetry/api';
import { AlwaysOnSampler } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { ApplicationInsightsSampler, dropHealthChecks } from '../../src/index.ts';
import { localParent, NO_PARENT, remoteParent } from './parents.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('dropHealthChecks', () => {
  const sampler = dropHealthChecks();
  const decide = (attributes: Record<string, unknown>, kind = SpanKind.SERVER): number =>
    sampler.shouldSample(NO_PARENT, TRACE, 'GET', kind, attributes, []).decision;

  const healthChecks: [string, Record<string, unknown>][] = [
    ['by its path', { 'url.path': '/healthz' }],
    ['by its old path', { 'http.target': '/health?full=1' }],
    ['by its URL', { 'http.url': 'http://10.0.0.4:8080/ready' }],
    ['of Kubernetes', { 'url.path': '/', 'user_agent.original': 'kube-probe/1.33' }],
    ['of App Service', { 'url.path': '/', 'user_agent.original': 'HealthCheck/1.0' }],
    ['of Always On', { 'url.path': '/', 'user_agent.original': 'AlwaysOn' }],
    ['of a load balancer, by old names', { 'http.target': '/', 'http.user_agent': 'ELB-HealthChecker/2.0' }],
  ];
  for (const [what, attributes] of healthChecks) {
    it(`drops a health check ${what}`, () => {
      expect(decide(attributes)).to.equal(0);
    });
  }

  const others: [string, Record<string, unknown>][] = [
    ['any other request', { 'url.path': '/cart' }],
    ['a path that only begins like one of a health check', { 'url.path': '/healthz/history' }],
    ['an availability test', { 'url.path': '/', 'user_agent.original': 'Mozilla/5.0 (AppInsights AlwaysOn)' }],
    ['a request of which nothing is known', {}],
  ];
  for (const [what, attributes] of others) {
    it(`keeps ${what}`, () => {
      expect(decide(attributes)).to.equal(2);
    });
  }

  it('keeps a call to the health check of somebody else', () => {
    expect(decide({ 'url.path': '/healthz' }, SpanKind.CLIENT)).to.equal(2);
  });

  it('drops what is done to answer a health check, whatever the sampler behind would do', () => {
    const alwaysOn = dropHealthChecks({ sampler: new AlwaysOnSampler() });
    expect(alwaysOn.shouldSample(localParent(false), TRACE, 'q', SpanKind.CLIENT, {}, []).decision).to.equal(0);
  });

  it('leaves the decision about other processes to the sampler behind', () => {
    const alwaysOn = dropHealthChecks({ sampler: new AlwaysOnSampler() });
    expect(alwaysOn.shouldSample(remoteParent(false), TRACE, 'q', SpanKind.SERVER, {}, []).decision).to.equal(2);
  });

  it('drops a health check in spite of a sampled parent', () => {
    const attributes = { 'url.path': '/healthz' };
    expect(sampler.shouldSample(remoteParent(true), TRACE, 'q', SpanKind.SERVER, attributes, []).decision).to.equal(0);
  });

  it('asks another sampler, and looks for other paths, when told to', () => {
    const own = dropHealthChecks({ sampler: new ApplicationInsightsSampler(0.34), paths: ['/up'] });
    const result = (path: string): unknown =>
      own.shouldSample(NO_PARENT, TRACE, 'GET', SpanKind.SERVER, { 'url.path': path }, []);
    expect(result('/up')).to.deep.equal({ decision: 0 });
    expect(result('/healthz')).to.deep.equal({ decision: 2, attributes: { 'microsoft.sample_rate': 34 } });
    expect(String(own)).to.equal('dropHealthChecks{ApplicationInsightsSampler{34%}}');
  });
});
