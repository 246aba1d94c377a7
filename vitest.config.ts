import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';

import { LongestFirst } from './test/longest-first.ts';
import { summaryReporter } from './test/summary-reporter.ts';

const seconds = 1000;

const cores = Math.max(2, availableParallelism());
/** What waits for other processes half of its time; more at once would only make each slower. */
const waiting = Math.min(cores + 1, 6);

const contractTests = [
  'contract-proxy',
  'main-job',
  'live-events',
  'open-api',
  'redis-queue',
  'database-url',
];

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: ['default', summaryReporter()],
    sequence: { sequencer: LongestFirst },
    // The quick ones first, and each kind alone but for the two that are the same files.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'lint/**/*.test.ts', 'test/*.test.ts'],
          exclude: ['src/**/*.db.test.ts', 'lint/fixtures/**'],
          maxWorkers: cores,
          testTimeout: 30 * seconds,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts', 'test/db/**/*.test.ts'],
          globalSetup: ['./test/global-setup.ts'],
          maxWorkers: waiting,
          testTimeout: 60 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/contract-proxy.test.ts'],
          globalSetup: ['./test/program-setup.ts'],
          maxWorkers: waiting,
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
          setupFiles: ['./test/contract-proxy-setup.ts'],
          globalSetup: ['./test/program-setup.ts'],
          maxWorkers: waiting,
          testTimeout: 120 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/program-setup.ts'],
          maxWorkers: cores,
          testTimeout: 60 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['./test/program-setup.ts'],
          maxWorkers: waiting,
          testTimeout: 600 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
