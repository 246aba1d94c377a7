import type { z } from 'zod';
import { invalidField, isAppError } from '#platform/errors/index.ts';
import type { modelChecked } from './contract.ts';
import { wordsOf } from './health/judge.ts';
import type { Models } from './registry.ts';

const TIMEOUT_MS = 30_000;
/** The least that OpenAI takes. */
const MOST_TOKENS = 16;

/** Asks a model for one tiny answer. What comes of it counts as any other call. */
export async function checkModel(
  { resolve, health }: Pick<Models, 'resolve' | 'health'>,
  name: string,
  gone: AbortSignal,
): Promise<z.output<typeof modelChecked>> {
  const model = resolved(resolve, name);
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const { response } = await model.doGenerate({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say OK.' }] }],
      maxOutputTokens: MOST_TOKENS,
      abortSignal: AbortSignal.any([gone, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    health.succeeded(name);
    return { ok: true, latency_ms: took(), model: response?.modelId ?? model.modelId, error: null };
  } catch (error) {
    if (!gone.aborted) health.failed(name, error);
    return { ok: false, latency_ms: took(), model: null, error: wordsOf(error) };
  }
}

function resolved(resolve: Models['resolve'], name: string) {
  try {
    return resolve(name);
  } catch (error) {
    if (isAppError(error)) throw invalidField('model', error.message, error.code);
    throw error;
  }
}
