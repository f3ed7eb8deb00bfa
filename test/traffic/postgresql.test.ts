import { expect } from 'chai';
import { startPostgreSql, type EmbeddedPostgreSql } from './embedded-postgresql.ts';
import { DEPENDENCY, INSTALL_MILLIS, LINES, sendTraffic } from './traffic.ts';

/** Up to 0.72 the instrumentation follows the conventions that the environment asks for; since then the stable ones. */
const CONVENTIONS = [
  { what: 'the stable conventions', package: 'instrumentation-pg', systemNames: 'db.system.name', place: '|shop' },
  { what: 'the old conventions', package: 'instrumentation-pg-0.72', systemNames: 'db.system', place: '|shop' },
  {
    what: 'both conventions',
    package: 'instrumentation-pg-0.72',
    optIn: 'database/dup',
    systemNames: 'db.system,db.system.name',
    place: '|shop',
  },
  {
    what: 'the stable conventions by choice, where 0.72 does not say which database it is',
    package: 'instrumentation-pg-0.72',
    optIn: 'database',
    systemNames: 'db.system.name',
    place: '',
  },
];

describe('traffic of pg with PostgreSQL', function () {
  this.timeout(INSTALL_MILLIS);

  let database: EmbeddedPostgreSql;
  before(async () => {
    database = await startPostgreSql();
  });
  after(() => database?.stop());

  for (const line of LINES) {
    for (const { what, package: name, optIn = '', systemNames, place } of CONVENTIONS) {
      it(`fills dependencies and exceptions on ${line.name} by ${what}`, async () => {
        const traffic = await sendTraffic(line, 'pg.cjs', {
          DATABASE_URL: database.url.href,
          PG_INSTRUMENTATION: name,
          OTEL_SEMCONV_STABILITY_OPT_IN: optIn,
        });
        expect(traffic.printed).to.equal(systemNames);

        const target = `${database.url.host}${place}`;
        const call = { type: 'postgresql', target, resultCode: '0', success: 'True' };
        expect(traffic.rows('dependencies', DEPENDENCY)).to.deep.equal([
          { ...call, name: 'pg.connect', data: '' },
          { ...call, name: 'pg.query:CREATE shop', data: 'CREATE TABLE IF NOT EXISTS orders (id int, note text)' },
          { ...call, name: 'pg.query:SELECT shop', data: 'SELECT id FROM orders WHERE note = $1' },
          {
            ...call,
            name: 'pg.query:SELECT shop',
            data: 'SELECT id FROM refunds',
            resultCode: '42P01',
            success: 'False',
          },
        ]);
        const message = "PostgreSQL error of type 'error' occurred (code: 42P01)";
        expect(traffic.exceptions()).to.deep.equal([{ type: '42P01', message, thrownBy: '' }]);
      });
    }
  }
});
