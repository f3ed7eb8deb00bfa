import { expect } from 'chai';
import { findDestination } from '../../src/start/destination.ts';

const CLOUD = 'InstrumentationKey=7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a;IngestionEndpoint=https://eu.example/';
const OTHER = 'InstrumentationKey=7c5fb2a1-0d3e-4c55-9a6b-1f2e3d4c5b6a;IngestionEndpoint=https://us.example/';
const LOCAL = 'InstrumentationKey=10ca1000-0000-4000-8000-000000000000;IngestionEndpoint=';
const NOT_GIVEN =
  'There is no connection string: set APPLICATIONINSIGHTS_CONNECTION_STRING, or AZURE_MONITOR_LOCAL=1 for a local monitor.';

describe('findDestination', () => {
  it('takes the connection string of the environment', () => {
    expect(findDestination({}, { APPLICATIONINSIGHTS_CONNECTION_STRING: CLOUD })).to.deep.equal({
      kind: 'azure',
      endpoint: 'https://eu.example',
      options: { connectionString: CLOUD },
      problems: [],
    });
  });

  it('prefers the option, and hands on to exporters what is theirs', () => {
    const options = { connectionString: OTHER, includeScope: true, serviceName: 'shop', instrumentations: [] };
    expect(findDestination(options, { APPLICATIONINSIGHTS_CONNECTION_STRING: CLOUD })).to.deep.equal({
      kind: 'azure',
      endpoint: 'https://us.example',
      options: { connectionString: OTHER, includeScope: true },
      problems: [],
    });
  });

  const locals: [string, string, string][] = [
    ['1', 'http://127.0.0.1:24480', `${LOCAL}http://127.0.0.1:24480/`],
    ['true', 'http://127.0.0.1:24480', `${LOCAL}http://127.0.0.1:24480/`],
    ['http://localhost:4000', 'http://localhost:4000', `${LOCAL}http://localhost:4000`],
  ];
  for (const [AZURE_MONITOR_LOCAL, endpoint, connectionString] of locals) {
    it(`takes a local monitor: ${AZURE_MONITOR_LOCAL}`, () => {
      expect(findDestination({}, { AZURE_MONITOR_LOCAL })).to.deep.equal({
        kind: 'azure',
        endpoint,
        options: { connectionString },
        problems: [],
      });
    });
  }

  it('prefers a connection string to a local monitor, and says so', () => {
    const environment = { APPLICATIONINSIGHTS_CONNECTION_STRING: CLOUD, AZURE_MONITOR_LOCAL: '1' };
    expect(findDestination({}, environment)).to.deep.include({
      endpoint: 'https://eu.example',
      problems: ['AZURE_MONITOR_LOCAL has no effect beside a connection string.'],
    });
  });

  for (const AZURE_MONITOR_LOCAL of [undefined, '', '0', 'false']) {
    it(`says that there is none when AZURE_MONITOR_LOCAL is ${AZURE_MONITOR_LOCAL ?? 'not set'}`, () => {
      expect(findDestination({}, { AZURE_MONITOR_LOCAL })).to.deep.equal({ kind: 'nowhere', reason: NOT_GIVEN });
    });
  }

  const wrong: [string, object, RegExp][] = [
    ['a connection string', { APPLICATIONINSIGHTS_CONNECTION_STRING: 'key' }, /^connectionString: expected/],
    ['a local monitor elsewhere', { AZURE_MONITOR_LOCAL: 'http://example.com' }, /https/],
  ];
  for (const [what, environment, reason] of wrong) {
    it(`says what is wrong with ${what}`, () => {
      const found = findDestination({}, environment as Record<string, string>);
      expect(found.kind === 'nowhere' && found.reason).to.match(reason);
    });
  }
});
