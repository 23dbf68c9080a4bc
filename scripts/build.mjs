/** `npm run build`: the production build, for `npm start`. */
import { build } from './support/build.mjs';
import { loadEnvironmentFiles } from './support/environment-files.mjs';
import { checkPackages } from './support/packages.mjs';
import { main } from './support/problem.mjs';

await main(async () => {
  checkPackages();
  // BASE_PATH may be there.
  loadEnvironmentFiles();
  await build({}, { args: process.argv.slice(2) });
});
