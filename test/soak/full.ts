// Run by `npm run test:soak`, about half an hour. `SOAK_MINUTES=1440` has its last part take a day.
import { describeEndurance } from './endurance.ts';
import { describeScenarios } from './scenarios.ts';
import { describeSoak } from './soak.ts';

const SEED = 20_261_122;

describeScenarios();
describeSoak({ seed: SEED, outageMillis: 60_000, stormMillis: 60_000, kills: 200, processes: 8, replacements: 40 });
describeEndurance({ seed: SEED, minutes: Number(process.env['SOAK_MINUTES'] ?? 10) });
