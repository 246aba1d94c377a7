import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { memoryKey, memoryValue, searchText } from './contract.ts';
import { forget, recall, remember } from './recall.ts';

const RECALLED = 10;

const input = z.strictObject({
  action: z.enum(['remember', 'recall', 'forget']),
  key: memoryKey.optional().describe('remember, forget: what it is about, a few words'),
  value: memoryValue.optional().describe('remember: the fact'),
  query: searchText.optional().describe('recall: words to look for'),
});

/** Facts for later. `{key, value}`, `{items: [{key, value}]}` or `{key, forgotten}`. */
export const memoryTool = defineDatabaseTool({
  tool_type: 'memory',
  description: 'Remember, recall or forget a fact about the user.',
  input,
  execute: async (tx, { action, key, value, query }, { user_id, assistant_id, turn_id }) => {
    if (action === 'recall') {
      const wanted = query ?? key;
      if (!wanted) return { error: 'query is required to recall' };
      const found = await recall(tx, user_id, wanted, RECALLED);
      return { items: found.map((memory) => ({ key: memory.key, value: memory.value })) };
    }
    if (key === undefined) return { error: `key is required to ${action}` };
    if (action === 'forget') return { key, forgotten: await forget(tx, user_id, key) };
    if (value === undefined) return { error: 'value is required to remember' };
    const source_ref = `turn:${turn_id}`;
    const kept = await remember(tx, user_id, { key, value, source: 'assistant', source_ref, assistant_id });
    return { key: kept.key, value: kept.value };
  },
});
