import type { JsonValue, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { insertActivity } from './queries.ts';

export interface NewActivity {
  user_id: string;
  /** Who did it: the user, an assistant on their behalf, or Famulus itself. */
  actor: 'user' | 'assistant' | 'system';
  /** `<feature>.<what>`, e.g. `reminder.missed`. */
  type: string;
  /** Default info. */
  level?: 'info' | 'warning' | 'error';
  /** One sentence for the user. */
  message: string;
  metadata?: Record<string, JsonValue>;
  /** `<thing>:<id>`: what it is about. */
  subject?: string;
}

/** Writes down what happened, with the transaction in which it did. Entries are never changed or taken back. */
export async function record(tx: Tx, ...entries: NewActivity[]): Promise<void> {
  if (entries.length === 0) return;
  await insertActivity(
    tx.db,
    entries.map(({ metadata = {}, ...entry }) => ({
      id: newId(),
      ...entry,
      metadata: JSON.stringify(metadata),
    })),
  );
}
