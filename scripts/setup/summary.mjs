/** The closing line of a test run, from vitest's JSON report. */

/** A file that fails to load has no tests of its own and counts as one failure, as does a run that fails for another reason. */
export function countTests(report, exitCode) {
  const files = report?.testResults ?? [];
  const unloadable = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = (report?.numFailedTests ?? 0) + unloadable.length;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed || (exitCode === 0 ? 0 : 1),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

export function asLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A row for each test of the report, as a Markdown table. */
export function asTable({ testResults }) {
  const rows = testResults.flatMap(({ assertionResults }) => assertionResults).map(asRow);
  return ['| test | result | seconds |', '| --- | --- | ---: |', ...rows, ''].join('\n');
}

function asRow({ fullName, status, duration = 0 }) {
  return `| ${fullName.replaceAll('|', '\\|')} | ${status} | ${(duration / 1000).toFixed(1)} |`;
}
