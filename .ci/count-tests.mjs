// node count-tests.mjs FOLDER EXIT-CODE: adds up the result files of the test runner in a folder, one for each time it ran.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder, exitCode] = process.argv.slice(2);
const runs = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));

const passed = sumOf(runs, (run) => run.numPassedTests);
const skipped = sumOf(runs, (run) => run.numPendingTests + run.numTodoTests);
const failedTests = sumOf(runs, (run) => run.numFailedTests + filesThatDidNotLoad(run));
// A run that failed without a failed test did so before its tests (types, lint, set-up) or beside them: that is one failure, not none.
const failed = failedTests === 0 && exitCode !== '0' ? 1 : failedTests;

process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);

/** Test files that failed as a whole, and so have no failed test to show for it. */
function filesThatDidNotLoad(run) {
  return run.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
}

function sumOf(items, count) {
  return items.reduce((sum, item) => sum + count(item), 0);
}
