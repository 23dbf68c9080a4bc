/**
 * `npm run licenses`: lists the licence of every package that is shipped, those that another package brings along
 * included, and fails if one is unknown or not on the list of `support/licenses.mjs`.
 *   npm run licenses                     one line a licence, and every exception with its reason
 *   npm run licenses -- --notices FILE   also writes all licence texts and notices to FILE
 */
import { writeFileSync } from 'node:fs';
import { exceptionOf, noticesText, problemOf, productionPackages } from './support/licenses.mjs';
import { main, Problem } from './support/problem.mjs';

await main(async () => {
  const packages = productionPackages();
  const byLicense = Map.groupBy(packages, ({ license }) => license ?? 'unknown');
  for (const [license, those] of [...byLicense].sort((a, b) => b[1].length - a[1].length))
    console.log(`${String(those.length).padStart(4)}  ${license}`);
  for (const each of packages) {
    const reason = exceptionOf(each);
    if (reason) console.log(`\n${each.name} ${each.version}, ${each.license}: ${reason}.`);
  }
  const flag = process.argv.indexOf('--notices');
  if (flag > 0) {
    const file = process.argv[flag + 1];
    if (!file) throw new Problem('Name the file: npm run licenses -- --notices THIRD-PARTY-NOTICES.md');
    writeFileSync(file, noticesText(packages));
    console.log(`\nThe licence texts are in ${file}.`);
  }
  const problems = packages.flatMap((each) => {
    const problem = problemOf(each);
    return problem ? [`  ${each.name} ${each.version}: ${problem}`] : [];
  });
  if (problems.length > 0)
    throw new Problem(
      `These packages cannot be shipped as they are:\n${problems.join('\n')}\nReplace them, or add an exception with its reason to scripts/support/licenses.mjs.`,
    );
});
