import { z } from 'zod';
import {
  defineDatabaseTool,
  Tainted,
  type DatabaseTool,
  type ToolAnswer,
  type ToolContext,
} from '#features/tools/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { memoryKey, memoryValue, searchText } from './contract.ts';
import { forget, switchOff } from './forget.ts';
import type { Meaning } from './meaning/meaning.ts';
import { recall } from './recall.ts';
import { refusals, remember, type Fact } from './remember.ts';

const RECALLED = 10;

const input = z.strictObject({
  action: z.enum(['remember', 'recall', 'forget']),
  key: memoryKey.optional().describe('remember, forget: what it is about, a few words'),
  value: memoryValue.optional().describe('remember: the fact'),
  query: searchText.optional().describe('recall: words to look for'),
  again: z.boolean().optional().describe('remember: the user asks for what they had forgotten'),
});

async function keep(
  tx: Tx,
  meaning: Meaning | undefined,
  { key, value, again = false }: { key: string; value: string; again: boolean | undefined },
  context: ToolContext,
): Promise<JsonValue> {
  const tainted = context.tainted;
  const fact: Fact = {
    key,
    value,
    source: 'assistant',
    source_ref: `turn:${context.turn_id}`,
    assistant_id: context.assistant_id,
    trust: tainted ? 'tainted' : 'trusted',
    // A stranger does not ask for it in the user's name.
    again: again && !tainted,
  };
  const kept = await remember(tx, context.user_id, fact, meaning);
  if (kept.result !== 'kept') return { error: refusals[kept.result] };
  return { key: kept.memory.key, value: kept.memory.value };
}

async function look(
  tx: Tx,
  meaning: Meaning | undefined,
  text: string | undefined,
  { user_id }: ToolContext,
): Promise<ToolAnswer> {
  if (!text) return { error: 'query is required to recall' };
  const found = await recall(tx, user_id, { text, count: RECALLED, meaning });
  const items = found.map(({ key, value, trust }) => ({ key, value, ...(trust === 'tainted' && { trust }) }));
  return items.some(({ trust }) => trust === 'tainted') ? new Tainted({ items }) : { items };
}

async function lose(tx: Tx, key: string, context: ToolContext): Promise<JsonValue> {
  if (!context.tainted) return { key, forgotten: await forget(tx, context.user_id, key) };
  // It may be a stranger who wants it gone: the user can have it back.
  const switched_off = await switchOff(tx, context.user_id, key);
  return switched_off ? { key, switched_off } : { key, forgotten: false };
}

const wantedOf = ({ query, key }: z.output<typeof input>) => query ?? key;

/**
 * Facts for later. `{key, value}`, `{items: [{key, value, trust?: 'tainted'}]}`, `{key, forgotten}`, or where strangers'
 * words are in the turn `{key, switched_off: true}`.
 * @param meaning what is near in meaning is recalled, too
 */
export function memoryTool(meaning?: Meaning): DatabaseTool {
  return defineDatabaseTool({
    tool_type: 'memory',
    description: 'Remember, recall or forget a fact about the user.',
    input,
    ...(meaning && {
      prepare: async (asked, { user_id, signal }) => {
        const { data } = input.safeParse(asked);
        const wanted = data?.action === 'recall' && wantedOf(data);
        if (wanted) await meaning.prepare(user_id, wanted, signal);
      },
    }),
    execute: async (tx, call, context) => {
      const { action, key, value, again } = call;
      if (action === 'recall') return await look(tx, meaning, wantedOf(call), context);
      if (key === undefined) return { error: `key is required to ${action}` };
      if (action === 'forget') return await lose(tx, key, context);
      if (value === undefined) return { error: 'value is required to remember' };
      return await keep(tx, meaning, { key, value, again }, context);
    },
  });
}
