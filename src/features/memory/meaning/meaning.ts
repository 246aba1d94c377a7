import type { Database, Tx } from '#platform/db/index.ts';
import { selectUnembedded, selectVectors } from '../queries/embeddings.ts';
import { embedItem } from './embed-item.ts';
import { nearest, unit, type Near } from './nearest.ts';
import { createVectorCache, withVectors, type Vectors } from './vector-cache.ts';

/** The model that vectors come from. */
export interface Embeddings {
  /** `provider/model`; undefined when none is configured, which may change. */
  model(): string | undefined;
  /** A vector of each text, and the model that made them. */
  embed(texts: string[], signal: AbortSignal): Promise<{ vectors: number[][]; model: string }>;
}

/** What memories mean, as far as an embedding model tells. */
export interface Meaning {
  model(): string | undefined;
  embed: Embeddings['embed'];
  /**
   * Finds what is near to a text, outside any transaction: `near` has it for the transaction that comes next. Never
   * fails; what takes too long or fails is left to the words.
   */
  prepare(userId: string, text: string, signal?: AbortSignal): Promise<void>;
  /** What `prepare` has found, the nearest first. */
  near(userId: string, text: string): Near[];
  /** In the transaction of a change: has the vectors made. */
  changed(tx: Tx, userId: string): void;
}

/** A reply waits no longer for it. */
const WAIT_MS = 2_000;
/** Vectors of 6 kB each, read at once. */
const READ_AT_ONCE = 500;
const CACHE_BYTES = 128 * 1024 * 1024;
/** What is asked is asked again within a turn. */
const KEPT_ANSWERS = 200;
const NEAREST = 30;
/** A model takes no more than some thousand words. */
export const EMBEDDED_CHARACTERS = 4_000;
const LOOK_AGAIN_MS = 5 * 60_000;

export function createMeaning(database: Database, embeddings: Embeddings, cacheBytes = CACHE_BYTES): Meaning {
  const cache = createVectorCache(cacheBytes);
  const answers = new Map<string, Near[]>();
  const lookedAt = new Map<string, number>();

  async function vectorsOf(userId: string, model: string): Promise<Vectors> {
    const db = database.readAs(userId);
    let vectors = cache.get(userId, model);
    for (;;) {
      const written = await selectVectors(db, userId, { model, seq: vectors.seq, count: READ_AT_ONCE });
      if (written.length > 0) vectors = withVectors(vectors, written);
      if (written.length < READ_AT_ONCE) break;
    }
    cache.put(userId, vectors);
    return vectors;
  }

  /** After the model became another, or when one is new: what has no vector gets one. */
  async function catchUp(userId: string, model: string): Promise<void> {
    const [name, now] = [`${userId} ${model}`, Date.now()];
    if (now - (lookedAt.get(name) ?? 0) < LOOK_AGAIN_MS) return;
    lookedAt.delete(name);
    lookedAt.set(name, now);
    forgetOldest(lookedAt);
    const missing = await selectUnembedded(database.readAs(userId), userId, model, 1);
    if (missing.length === 0) return;
    await database.asUser(userId, async (tx) => await Promise.resolve(tx.enqueue(embedItem(userId))));
  }

  async function find(userId: string, text: string, signal: AbortSignal): Promise<void> {
    const model = embeddings.model();
    if (model === undefined) return;
    await catchUp(userId, model);
    const vectors = await vectorsOf(userId, model);
    if (vectors.all.length === 0) return;
    const embedded = await embeddings.embed([text.slice(0, EMBEDDED_CHARACTERS)], signal);
    const asked = unit(embedded.vectors[0] ?? []);
    if (asked?.length !== vectors.size || embedded.model !== model) return;
    const name = `${userId} ${text}`;
    answers.delete(name);
    answers.set(name, nearest(asked, vectors.values, vectors.all, NEAREST));
    forgetOldest(answers);
  }

  return {
    model: embeddings.model,
    embed: embeddings.embed,
    prepare: async (userId, text, signal) => {
      if (embeddings.model() === undefined || text.trim() === '') return;
      const late = AbortSignal.timeout(WAIT_MS);
      // The words alone are an answer, too.
      await find(userId, text, signal ? AbortSignal.any([signal, late]) : late).catch(() => {});
    },
    near: (userId, text) => answers.get(`${userId} ${text}`) ?? [],
    changed: (tx, userId) => {
      if (embeddings.model() !== undefined) tx.enqueue(embedItem(userId));
    },
  };
}

function forgetOldest(kept: Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > KEPT_ANSWERS && oldest !== undefined) kept.delete(oldest);
}
