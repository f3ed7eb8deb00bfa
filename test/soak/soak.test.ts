import { describeSoak } from './soak.ts';

/** What fits into a minute. `npm run test:soak` takes its time. */
describeSoak({ seed: 20_261_122, outageMillis: 3000, stormMillis: 4000, kills: 5, processes: 3, replacements: 3 });
