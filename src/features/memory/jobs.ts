import type { LaneHandler } from '#platform/lanes/index.ts';
import { EMBED } from './meaning/embed-item.ts';
import { EMBEDDED_CHARACTERS, type Meaning } from './meaning/meaning.ts';
import { selectUnembedded, writeEmbeddings } from './queries/embeddings.ts';

/** Texts of one request to the model. */
const BATCH = 64;
const WAIT_MS = 60_000;

/** Has vectors made of a user's memories that have none by the model in use. Again is no harm: what has one is passed. */
export function embedMemories(meaning: Meaning): LaneHandler {
  return {
    kind: EMBED,
    work: async (item, lease) => {
      const { user_id } = item;
      for (;;) {
        const model = meaning.model();
        if (model === undefined || user_id === null) break;
        const texts = await lease.transaction(
          async (tx) => await selectUnembedded(tx.db, user_id, model, BATCH),
        );
        if (texts.length === 0) break;
        const signal = AbortSignal.any([lease.signal, AbortSignal.timeout(WAIT_MS)]);
        const said = texts.map(({ key, value }) => `${key}: ${value}`.slice(0, EMBEDDED_CHARACTERS));
        const made = await meaning.embed(said, signal);
        // It became another meanwhile.
        if (made.model !== model) continue;
        const embedded = texts.map((text, at) => ({ ...text, vector: made.vectors[at] ?? [] }));
        await lease.transaction(async (tx) => await writeEmbeddings(tx.db, user_id, model, embedded));
      }
      await lease.finish(async () => await Promise.resolve());
    },
  };
}
