import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { MOST_MEMORIES } from './contract.ts';
import type { Meaning } from './meaning/meaning.ts';
import { deleteForgotten, selectForgotten } from './queries/forgotten.ts';
import { countMemories, selectKey, upsertMemory, type Memory } from './queries/memories.ts';
import { tellChanged } from './tell.ts';

export interface Fact {
  key: string;
  value: string;
  source: Memory['source'];
  /** `<thing>:<id>`: where it was said. */
  source_ref: string | null;
  assistant_id: string | null;
  /** Tainted: it came from a stranger. Default trusted. */
  trust?: Memory['trust'];
  /** The user asks for what they had forgotten; without it, only they themselves bring it back. */
  again?: boolean;
}

export type Remembered =
  | { result: 'kept'; memory: Memory }
  /** The user had it forgotten. */
  | { result: 'forgotten' }
  /** A stranger's words are not put in the place of what is trusted. */
  | { result: 'trusted'; memory: Memory }
  | { result: 'too_many' };

/** What to tell a model. */
export const refusals: Record<Exclude<Remembered['result'], 'kept'>, string> = {
  forgotten: 'The user had this forgotten. Only when they ask to remember it again, call with again: true.',
  trusted: 'The user’s own word is kept under this key; text from outside can’t replace it. Use another key.',
  too_many: 'The memory is full. The user must forget something first.',
};

/** Keeps a fact; one known under the same key, upper and lower case aside, is replaced. */
export async function remember(tx: Tx, userId: string, fact: Fact, meaning?: Meaning): Promise<Remembered> {
  const { again = false, ...said } = fact;
  const known = await selectKey(tx.db, userId, said.key);
  if (known?.trust === 'trusted' && said.trust === 'tainted') return { result: 'trusted', memory: known };
  if (again || said.source === 'user') await deleteForgotten(tx.db, userId, [said]);
  else if ((await selectForgotten(tx.db, userId, [said])).size > 0) return { result: 'forgotten' };
  if (!known && (await countMemories(tx.db, userId)) >= MOST_MEMORIES) return { result: 'too_many' };
  const memory = await upsertMemory(tx.db, {
    id: newId(),
    user_id: userId,
    trust: 'trusted',
    ...said,
    key: known?.key ?? said.key,
  });
  tellChanged(tx, userId, memory.id);
  meaning?.changed(tx, userId);
  return { result: 'kept', memory };
}
