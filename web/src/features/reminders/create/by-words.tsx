import { Button, Group, Stack } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useRef, type SubmitEvent } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { PreviewCard } from '../capture/preview-card.tsx';
import { useWordsCapture } from '../capture/use-words-capture.ts';
import { WordsInput } from '../capture/words-input.tsx';

interface ByWordsProps {
  words: string;
  onWords: (words: string) => void;
  onSaved: () => void;
}

export function ByWords({ words, onWords, onSaved }: ByWordsProps) {
  const input = useRef<HTMLInputElement>(null);
  const { preview, failure, error, isSaving, save } = useWordsCapture(words);
  const isEmpty = words.trim() === '';

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(await save())) return;
    onSaved();
    input.current?.focus();
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="sm">
        <WordsInput ref={input} value={words} onChange={onWords} error={error} />
        {failure ? <Failure error={failure} /> : !isEmpty && <PreviewCard preview={preview} />}
        {!isEmpty && (
          <Group justify="flex-end">
            <Button type="submit" loading={isSaving}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
