import type { Db } from '#platform/db/index.ts';
import type { Memory } from './queries/memories.ts';
import { selectOrigins, type Origin } from './queries/origins.ts';

export type MemoryWithOrigin = Memory & { origin: Origin | null };

/** The turn a memory was noted in. */
function turnOf({ source_ref }: Memory): string | undefined {
  return /^turn:([0-9a-f-]{36})$/.exec(source_ref ?? '')?.[1];
}

/** Each with the message it was noted for. */
export async function withOrigins(db: Db, userId: string, memories: Memory[]): Promise<MemoryWithOrigin[]> {
  const origins = await selectOrigins(
    db,
    userId,
    memories.flatMap((memory) => turnOf(memory) ?? []),
  );
  return memories.map((memory) => ({ ...memory, origin: origins.get(turnOf(memory) ?? '') ?? null }));
}
