import { defineConfig } from 'vitest/config';

import { summaryReporter } from './test/summary-reporter.ts';

const seconds = 1000;

const contractTests = ['contract-proxy', 'main-job', 'live-events', 'open-api', 'redis-queue', 'database-url'];

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: ['default', summaryReporter()],
    // Each kind alone and the quick ones first: a slow machine's timing belongs to the tests that measure it.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'lint/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['src/**/*.db.test.ts', 'lint/fixtures/**'],
          testTimeout: 10 * seconds,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts', 'test/db/**/*.test.ts'],
          globalSetup: ['./test/global-setup.ts'],
          testTimeout: 30 * seconds,
          hookTimeout: 60 * seconds,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/contract-proxy.test.ts'],
          fileParallelism: false,
          testTimeout: 120 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          // The end-to-end tests that use the API rightly, once more with Prism between them and the program.
          name: 'contract',
          include: contractTests.map((name) => `test/e2e/${name}.test.ts`),
          env: { CONTRACT_PROXY: '1' },
          fileParallelism: false,
          testTimeout: 120 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
