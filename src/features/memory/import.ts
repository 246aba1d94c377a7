import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { importItem, MOST_MEMORIES, type ImportQuery, type ImportResult } from './contract.ts';
import type { Meaning } from './meaning/meaning.ts';
import { deleteForgotten, selectForgotten } from './queries/forgotten.ts';
import { insertMemories, replaceMemories, selectKeys } from './queries/memories.ts';
import { tellImported } from './tell.ts';

type Item = ImportResult['items'][number];

interface Planned {
  item: Item;
  /** Set for what is written. */
  row?: { id: string; key: string; value: string; expires_at: Date | null };
}

/** What a file says is data: kept as a stranger's words until its user vouches for it, never pinned. */
export async function importMemories(
  tx: Tx,
  userId: string,
  items: readonly Record<string, unknown>[],
  query: ImportQuery,
  meaning?: Meaning,
): Promise<ImportResult> {
  const again = query.again === 'true';
  const dry_run = query.dry_run === 'true';
  const planned = await plan(tx, userId, items, { replaces: query.on_conflict === 'replace', again });
  if (!dry_run) {
    await write(tx, userId, planned, again);
    meaning?.changed(tx, userId);
  }
  const counts = { added: 0, replaced: 0, kept: 0, forgotten: 0, invalid: 0, too_many: 0 };
  for (const { item } of planned) counts[item.result] += 1;
  return { dry_run, counts, items: planned.map(({ item }) => item) };
}

async function plan(
  tx: Tx,
  userId: string,
  items: readonly Record<string, unknown>[],
  { replaces, again }: { replaces: boolean; again: boolean },
): Promise<Planned[]> {
  const parsed = items.map((item) => importItem.safeParse(item));
  const known = new Map(
    (await selectKeys(tx.db, userId)).map(({ id, key }) => [key.toLowerCase(), { id, key }]),
  );
  const said = parsed.map(({ data }) => ({ key: data?.key ?? '', value: data?.value ?? '' }));
  const forgotten = again ? new Set<number>() : await selectForgotten(tx.db, userId, said);
  let room = MOST_MEMORIES - known.size;
  return parsed.map(({ data, error }, index): Planned => {
    if (!data) {
      const [issue] = error.issues;
      const key = items[index]?.['key'];
      const problem = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`;
      const shown = typeof key === 'string' ? key.slice(0, 200) : null;
      return { item: { index, key: shown, result: 'invalid', problem } };
    }
    const { key, value, expires_at } = data;
    const item = (result: Item['result']): Item => ({ index, key, result, problem: null });
    if (forgotten.has(index)) return { item: item('forgotten') };
    const there = known.get(key.toLowerCase());
    if (there && !replaces) return { item: item('kept') };
    if (there) return { item: item('replaced'), row: { ...there, value, expires_at } };
    if (room <= 0) return { item: item('too_many') };
    room -= 1;
    const row = { id: newId(), key, value, expires_at };
    known.set(key.toLowerCase(), row);
    return { item: item('added'), row };
  });
}

async function write(tx: Tx, userId: string, planned: readonly Planned[], again: boolean): Promise<void> {
  const rows = (result: Item['result']) =>
    planned.flatMap(({ item, row }) => (row && item.result === result ? [row] : []));
  const [added, replaced] = [rows('added'), rows('replaced')];
  if (added.length > 0) {
    await insertMemories(
      tx.db,
      added.map((row) => ({ ...row, user_id: userId, source: 'import', trust: 'tainted' })),
    );
  }
  // Of several items with one key the last stays.
  const last = [...new Map(replaced.map((row) => [row.id, row])).values()];
  if (last.length > 0) await replaceMemories(tx.db, userId, last);
  if (again) await deleteForgotten(tx.db, userId, [...added, ...replaced]);
  if (added.length + replaced.length > 0) tellImported(tx, userId);
}
