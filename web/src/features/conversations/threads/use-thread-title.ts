import { useLingui } from '@lingui/react/macro';
import type { Thread } from './thread.ts';

/** How a thread is called. */
export function useThreadTitle(): (thread: Pick<Thread, 'title' | 'is_main'>) => string {
  const { t } = useLingui();
  return ({ title, is_main }) => title ?? (is_main ? t`Main thread` : t`New thread`);
}
