import { Group, Paper, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { wordsPreview } from '../capture/words-preview.ts';
import { draftOfWords, emptyDraft, type ReminderDraft } from '../fields/reminder-draft.ts';
import { ByWords } from './by-words.tsx';
import { wordsOfDraft } from './words-of-draft.ts';

const ByFields = lazy(async () => ({ default: (await import('./by-fields.tsx')).ByFields }));

type Way = 'words' | 'fields';

interface NewReminderProps {
  words: string;
  onWords: (words: string) => void;
}

/** Sets a reminder in words or field by field; what was entered one way is there in the other. */
export function NewReminder({ words, onWords }: NewReminderProps) {
  const { t } = useLingui();
  const { timezone } = useTimeSettings();
  const client = useQueryClient();
  const [way, setWay] = useState<Way>('words');
  const [draft, setDraft] = useState<ReminderDraft>(() => emptyDraft(Date.now(), timezone));
  /** What the words were made of, or made: taken over only when something has changed since. */
  const bridge = useRef({ words: '', draft });

  function turn(next: Way): void {
    setWay(next);
    if (next === 'fields' && words !== bridge.current.words) {
      const text = words.trim();
      const understood = client.getQueryData(wordsPreview(text).queryKey)?.understood;
      const filled = understood ? draftOfWords(draft, understood) : { ...draft, text };
      setDraft(filled);
      bridge.current = { words, draft: filled };
    }
    if (next === 'words' && draft !== bridge.current.draft) {
      const said = wordsOfDraft(client, draft);
      onWords(said);
      bridge.current = { words: said, draft };
    }
  }

  function clear(): void {
    const empty = emptyDraft(Date.now(), timezone);
    onWords('');
    setDraft(empty);
    bridge.current = { words: '', draft: empty };
  }

  return (
    <Paper withBorder p="md" mb="xl" component="section" aria-labelledby="new-reminder">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5" id="new-reminder">
          <Trans>New reminder</Trans>
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t`How to say it`}
          value={way}
          onChange={turn}
          data={[
            { value: 'words', label: t`In words` },
            { value: 'fields', label: t`By fields` },
          ]}
        />
      </Group>
      {way === 'words' ? (
        <ByWords words={words} onWords={onWords} onSaved={clear} />
      ) : (
        <Suspense fallback={<Skeleton height={320} />}>
          <ByFields draft={draft} onDraft={setDraft} onSaved={clear} />
        </Suspense>
      )}
    </Paper>
  );
}
