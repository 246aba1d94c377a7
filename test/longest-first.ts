import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take by far the longest, although not all are large: begun last, they would run on alone. */
const longest = [
  'src/platform/db/plans.db.test.ts',
  'test/e2e/fuzz.test.ts',
  'test/e2e/cli.test.ts',
  'test/e2e/websocket.test.ts',
  'test/e2e/main-job.test.ts',
  'test/faults/kill-matrix.test.ts',
  'test/faults/postgres-trouble.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/webhooks.test.ts',
  'test/faults/turn-kills.test.ts',
  'test/browser/axe.test.ts',
];

/** The order of vitest, but for the longest files, which are first of their group. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.endsWith(name));
      return index === -1 ? longest.length : index;
    };
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return sorted.toSorted((one, other) => group(one) - group(other) || rank(one) - rank(other));
  }
}
