import { expect, test } from 'vitest';
import { z } from 'zod';

import { newId } from '#platform/ids/index.ts';
import { defineDatabaseTool, type ToolContext } from './executor.ts';

const context: ToolContext = {
  user_id: newId(),
  assistant_id: newId(),
  thread_id: newId(),
  turn_id: newId(),
  call_id: 'call-1',
  tainted: false,
  timezone: 'UTC',
  locale: 'en',
  now: new Date('2026-12-01T09:00:00Z'),
};

const square = defineDatabaseTool({
  tool_type: 'time',
  description: 'Square a number.',
  input: z.strictObject({ number: z.number() }),
  execute: async (_tx, { number }) => await Promise.resolve({ square: number * number }),
});

test('a tool is given its checked input', async () => {
  expect(await square.execute(undefined as never, { number: 3 }, context)).toEqual({ square: 9 });
});

test('a model is told what is wrong with its input', async () => {
  const answer = await square.execute(undefined as never, { number: 'three' }, context);
  expect(answer).toEqual({ error: expect.stringContaining('number') as string });
});
