import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** What the last line says. A test that began and never ended is a failed one. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

function addTest(tally: Tally, test: TestCase): void {
  const { state } = test.result();
  if (state === 'passed') tally.passed += 1;
  else if (state === 'skipped') tally.skipped += 1;
  else tally.failed += 1;
}

/** One failure for each file or suite with an error of its own (an import, a hook): its tests never ran. */
function addOwnErrors(tally: Tally, task: TestModule | TestSuite): void {
  if (task.errors().length > 0) tally.failed += 1;
}

function addModule(tally: Tally, module: TestModule): void {
  addOwnErrors(tally, module);
  for (const suite of module.children.allSuites()) addOwnErrors(tally, suite);
  for (const test of module.children.allTests()) addTest(tally, test);
  const neverRan = module.state() === 'queued' || module.state() === 'pending';
  if (neverRan && module.errors().length === 0 && module.children.size === 0) tally.failed += 1;
}

/**
 * Prints `N passed, N failed, N skipped` as the very last line on stdout, whatever else a teardown prints, and
 * makes a run in which no test was executed a failed one.
 */
export function summaryReporter(): Reporter {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  let watching = false;
  return {
    onInit(vitest) {
      if (watching || vitest.config.watch) return;
      watching = true;
      process.on('exit', (code) => {
        // A non-zero exit with no failed test comes from a setup, a teardown or a process that died.
        if (code !== 0 && tally.failed === 0) tally.failed = 1;
        const { passed, failed, skipped } = tally;
        if (code === 0 && (failed > 0 || passed === 0)) process.exitCode = 1;
        process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
      });
    },
    onTestRunEnd(modules, unhandledErrors) {
      tally = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
      for (const module of modules) addModule(tally, module);
    },
  };
}
