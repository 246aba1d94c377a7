import { expect, test } from 'vitest';
import type { ClaimedItem, Lease } from '#platform/lanes/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { withLaneContext } from './lane-context.ts';

test.each([
  [
    '01a1fc82-f848-76d2-b258-70a4c2d521b3',
    { lane: 'thread:1', user_id: '01a1fc82-f848-76d2-b258-70a4c2d521b3' },
  ],
  [null, { lane: 'thread:1' }],
])('what a handler logs while it works names its lane and user (%s)', async (user_id, expected) => {
  const lines: string[] = [];
  const log = createLogger({
    level: 'info',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  });
  const handler = withLaneContext({
    kind: 'test',
    work: async () => {
      await Promise.resolve();
      log.info('working');
    },
  });
  await handler.work({ key: 'thread:1', user_id } as ClaimedItem, {} as Lease);
  log.info('outside');
  const [inside, outside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(inside).toMatchObject(expected);
  expect('user_id' in inside!).toBe(user_id !== null);
  expect(outside).not.toHaveProperty('lane');
});
