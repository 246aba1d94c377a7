import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, page, pageOf } from '#platform/http/pagination.ts';
import { listInput, mcpTool, READS, REPLACES, type McpTool } from '#platform/mcp/index.ts';
import { memory, memoryKey, memoryValue, searchText } from './contract.ts';
import { AppError } from '#platform/errors/index.ts';
import { forget } from './forget.ts';
import type { Meaning } from './meaning/meaning.ts';
import { withOrigins } from './origins.ts';
import { recall } from './recall.ts';
import { refusals, remember } from './remember.ts';
import { listMemories } from './service.ts';

/** What the user has let be remembered, for MCP clients. */
export function memoryMcpTools(database: Database, meaning?: Meaning): McpTool[] {
  return [
    mcpTool(
      {
        name: 'memory_search',
        title: 'Search the memory',
        description: 'Facts about the user that fit the query, the best first. memory_list has them all.',
        scope: 'memory:read',
        hints: READS,
        input: z.strictObject({
          query: searchText.min(1, 'must not be empty'),
          limit: z.int().min(1).max(50).default(10),
        }),
        output: z.strictObject({ items: z.array(memory) }),
      },
      async ({ query, limit }, { caller: { user_id } }) => {
        await meaning?.prepare(user_id, query);
        const items = await database.asUser(user_id, async (tx) => {
          const found = await recall(tx, user_id, { text: query, count: limit, meaning });
          return await withOrigins(tx.db, user_id, found);
        });
        return { items };
      },
    ),
    mcpTool(
      {
        name: 'memory_list',
        title: 'List the memory',
        description: 'Every fact kept for the user, newest first.',
        scope: 'memory:read',
        hints: READS,
        input: listInput,
        output: pageOf(memory),
      },
      async ({ limit, cursor }, { caller: { user_id } }) => {
        const [before] = decodeCursor(cursor, z.tuple([id])) ?? [];
        const rows = await database.asUser(
          user_id,
          async (tx) => await listMemories(tx, user_id, { before, count: limit + 1 }),
        );
        return page(rows, limit, (row) => [row.id]);
      },
    ),
    mcpTool(
      {
        name: 'memory_remember',
        title: 'Remember a fact',
        description: 'Keeps a fact about the user; one under the same key is replaced.',
        scope: 'memory:write',
        hints: REPLACES,
        input: z.strictObject({
          key: memoryKey,
          value: memoryValue,
          again: z.boolean().default(false).describe('The user asks for what they had forgotten'),
        }),
        output: memory,
      },
      async ({ key, value, again }, { caller: { user_id, token_id } }) => {
        // Another program says so, mostly a model: its word is as good as that of the user's own assistants.
        const source_ref = token_id === null ? null : `token:${token_id}`;
        const fact = { key, value, again, source: 'assistant' as const, source_ref, assistant_id: null };
        const kept = await database.asUser(user_id, async (tx) => await remember(tx, user_id, fact, meaning));
        if (kept.result === 'kept') return { ...kept.memory, origin: null };
        throw new AppError({
          code: `memory.${kept.result}`,
          kind: 'conflict',
          message: refusals[kept.result],
        });
      },
    ),
    mcpTool(
      {
        name: 'memory_forget',
        title: 'Forget a fact',
        description: 'Deletes the fact with this key for good.',
        scope: 'memory:write',
        hints: REPLACES,
        input: z.strictObject({ key: memoryKey }),
        output: z.strictObject({
          key: z.string(),
          forgotten: z.boolean().describe('Whether there was such a fact'),
        }),
      },
      async ({ key }, { caller: { user_id } }) => ({
        key,
        forgotten: await database.asUser(user_id, async (tx) => await forget(tx, user_id, key)),
      }),
    ),
  ];
}
