import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '#web/lib/problem.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { createReminder } from '../create-reminder.tsx';
import type { Reminder } from '../reminder.ts';
import { wordsPreview, type WordsPreview } from './words-preview.ts';

const TYPING_MS = 250;

export interface WordsCapture {
  /** What they would be; of the words before while a new answer is on its way. */
  preview: WordsPreview | undefined;
  /** Why there is none. */
  failure: unknown;
  error: string | undefined;
  isSaving: boolean;
  /** Saves what the preview shows; undefined when there is nothing to save yet. */
  save: () => Promise<Reminder | undefined>;
}

/** Reads reminders in words: shows what is understood while they are typed, and saves exactly that. */
export function useWordsCapture(words: string): WordsCapture {
  const client = useQueryClient();
  const text = words.trim();
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const isEmpty = text === '';
  const shown = useQuery({
    ...wordsPreview(settled),
    enabled: settled !== '' && !isEmpty,
    placeholderData: keepPreviousData,
  });
  const [isSaving, setSaving] = useState(false);
  const [refused, setRefused] = useState<{ text: string; message: string }>();

  async function save(): Promise<Reminder | undefined> {
    if (isEmpty || isSaving) return undefined;
    setSaving(true);
    try {
      // What is shown is taken, and waited for when it was typed too fast to be shown.
      const { understood } = await client.query({ ...wordsPreview(text), staleTime: 'static' });
      return understood ? await createReminder(understood) : undefined;
    } catch (error) {
      const message = Object.values(fieldErrors(error) ?? {})[0];
      if (message === undefined) toastFailure(error);
      else setRefused({ text, message });
      void client.invalidateQueries(wordsPreview(text));
      return undefined;
    } finally {
      setSaving(false);
    }
  }

  return {
    preview: isEmpty ? undefined : shown.data,
    failure: isEmpty ? undefined : shown.error,
    error: refused?.text === text ? refused.message : undefined,
    isSaving,
    save,
  };
}
