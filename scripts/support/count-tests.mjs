import { readFileSync } from 'node:fs';

/**
 * Reads a JSON report of Vitest or Playwright: how many tests passed, and the names of those that did not. A skipped
 * test has not passed. Null if the file is missing or not a report.
 */
export function countReport(path) {
  const report = readJson(path);
  if (report?.testResults) return countVitest(report);
  if (report?.suites) return countPlaywright(report);
  return null;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error.code === 'ENOENT') return null;
    throw error;
  }
}

function countVitest({ testResults }) {
  const tests = testResults.flatMap((file) =>
    file.assertionResults.length > 0
      ? file.assertionResults.map((test) => ({ name: test.fullName, status: test.status }))
      : [{ name: file.name, status: file.status === 'passed' ? 'empty' : file.status }],
  );
  return tally(tests);
}

function countPlaywright({ suites, errors }) {
  const specs = suites.flatMap((suite) => specsOf(suite, []));
  const broken = (errors ?? []).map((error) => ({ name: firstLine(error.message), status: 'failed' }));
  return tally([...specs, ...broken]);
}

function specsOf(suite, path) {
  const here = [...path, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({
      name: [...here, spec.title].join(' > '),
      // A flaky test passed only on a retry, so it counts as failed.
      status: test.status === 'expected' ? 'passed' : test.status,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, here))];
}

function tally(tests) {
  const missed = tests.filter((test) => test.status !== 'passed');
  return {
    passed: tests.length - missed.length,
    failed: missed.map((test) => `${test.status}: ${test.name}`),
  };
}

const firstLine = (text) => String(text ?? 'error').split('\n')[0];
