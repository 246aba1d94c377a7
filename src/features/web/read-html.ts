import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '#platform/errors/index.ts';
import type { PageText } from './html-text.ts';

/** Of JavaScript objects in the thread; a page that needs more is no page. */
const MOST_MEGABYTES = 128;

/** As long as this takes only what was made to take long. */
const READING_MS = 5_000;

/**
 * `htmlText` in a thread of its own: pages are made by strangers, and one that takes seconds or all memory must hold up
 * no reminder.
 *
 * @throws AppError `web.unreadable` for a page that takes too long or too much; what `signal` was aborted with
 */
export async function readHtml(html: string, url: string, signal: AbortSignal): Promise<PageText> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('html-worker.ts', import.meta.url), {
    workerData: { html, url },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    // None of our environment is for what reads strangers' pages.
    env: {},
  });
  try {
    const late = AbortSignal.timeout(READING_MS);
    const [page] = (await once(worker, 'message', { signal: AbortSignal.any([signal, late]) })) as [PageText];
    return page;
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError({
      code: 'web.unreadable',
      kind: 'unavailable',
      message: `${url} is too tangled to be read`,
      retryable: false,
      cause: error,
    });
  } finally {
    await worker.terminate();
  }
}
