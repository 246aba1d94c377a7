import type { MessageDescriptor } from '@lingui/core';
import { alertWords } from '#web/features/alerts/alert-words.ts';
import { alertCodeOf } from './alert-code.ts';
import type { ActivityEntry } from './queries.ts';
import { sentences } from './words.ts';

/** What an entry says in the language of the page; undefined where only the server has words. */
export function sentenceOf(entry: Pick<ActivityEntry, 'type' | 'metadata'>): MessageDescriptor | undefined {
  const code = alertCodeOf(entry);
  return code === undefined ? sentences[entry.type] : alertWords[code];
}
