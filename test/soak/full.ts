// Run by `npm run test:soak`, about a quarter of an hour.
import { describeSoak } from './soak.ts';

describeSoak({
  seed: 20_261_122,
  outageMillis: 60_000,
  stormMillis: 60_000,
  kills: 200,
  processes: 8,
  replacements: 40,
});
