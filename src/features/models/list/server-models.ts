import { z } from 'zod';
import { messageOf } from '#platform/errors/index.ts';
import { baseUrlOf, splitCredentials } from '../providers/base-url.ts';
import type { ProviderAccess, ProviderName } from '../providers/names.ts';
import { withoutSecrets } from '../providers/scrub.ts';

/** How long a person who opens a form waits for a server that may be off. */
const TIMEOUT_MS = 2_000;
/** How long what it said holds; a failure only as long as a page takes to ask again. */
const KEPT_MS = 60_000;
const KEPT_FAILURE_MS = 5_000;
const MOST = 500;
/** Of a reply that is read. */
const MOST_BYTES = 2_000_000;

/** What a server has, by its own names; or why it did not say. */
export type ServerModels = { models: string[] } | { error: string };

const answer = z.object({ data: z.array(z.object({ id: z.string().regex(/^\S{1,190}$/) })) });

/** What texts are compared by holds no conversation. */
const NO_CHAT = /embed|rerank|whisper|tts|bge-|minilm/i;

async function ask(provider: ProviderName, access: ProviderAccess): Promise<ServerModels> {
  const { url, basic } = splitCredentials(baseUrlOf(provider, access.base_url));
  const authorization = access.api_key === undefined ? basic : `Bearer ${access.api_key}`;
  try {
    const response = await fetch(`${url}/models`, {
      headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { error: `${response.status} ${response.statusText}`.trim() };
    }
    if (Number(response.headers.get('content-length') ?? 0) > MOST_BYTES)
      return { error: 'its list is too long' };
    const parsed = answer.safeParse(await response.json());
    if (!parsed.success) return { error: 'its list of models is none' };
    const ids = parsed.data.data.map(({ id }) => id).filter((id) => !NO_CHAT.test(id));
    return { models: [...new Set(ids)].toSorted().slice(0, MOST) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { error: withoutSecrets(messageOf(cause), [access.api_key]) };
  }
}

/** Asks servers for their models, each once a minute at most. */
export function createServerModels(now: () => number = () => performance.now()) {
  const kept = new Map<string, { until: number; models: Promise<ServerModels> }>();
  return async (provider: ProviderName, access: ProviderAccess): Promise<ServerModels> => {
    const key = `${provider} ${access.base_url} ${access.api_key}`;
    const known = kept.get(key);
    if (known && now() < known.until) return await known.models;
    const entry = { until: now() + KEPT_MS, models: ask(provider, access) };
    kept.clear();
    kept.set(key, entry);
    const models = await entry.models;
    if ('error' in models) entry.until = now() + KEPT_FAILURE_MS;
    return models;
  };
}
