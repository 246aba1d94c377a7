import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type KeyboardEvent, type Ref } from 'react';
import { sendToMainThread } from '#web/features/conversations/send-to-main-thread.ts';
import { PreviewCard } from '#web/features/reminders/capture/preview-card.tsx';
import { useWordsCapture } from '#web/features/reminders/capture/use-words-capture.ts';
import { MOST_CHARACTERS, wordsPreview } from '#web/features/reminders/capture/words-preview.ts';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import { toastFailure } from '#web/ui/toast.tsx';

interface ComposerProps {
  words: string;
  onWords: (words: string) => void;
  /** A reminder was set. */
  onReminder: (reminder: Reminder) => void;
  input: Ref<HTMLTextAreaElement>;
}

/** Takes anything: words that are a reminder set it, all others go to the secretary. */
export function Composer({ words, onWords, onReminder, input }: ComposerProps) {
  const { t } = useLingui();
  const router = useRouter();
  const client = useQueryClient();
  const text = words.trim();
  const isLong = text.length > MOST_CHARACTERS;
  const { preview, error, isSaving, save } = useWordsCapture(isLong ? '' : words);
  const [isAsking, setAsking] = useState(false);
  const isReminder = Boolean(preview?.understood);
  const isBusy = isSaving || isAsking;

  async function remind(): Promise<void> {
    const made = await save();
    if (!made) return;
    onWords('');
    onReminder(made);
  }
  async function ask(): Promise<void> {
    setAsking(true);
    try {
      await sendToMainThread(text);
      await router.navigate({ to: '/chat' });
    } finally {
      setAsking(false);
    }
  }
  /** By what the words are, also where they were typed too fast for the preview. */
  async function submit(): Promise<void> {
    if (text === '' || isBusy) return;
    const read = isLong ? undefined : await client.query({ ...wordsPreview(text), staleTime: 'static' });
    await (read?.understood ? remind() : ask());
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit().catch(toastFailure);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(toastFailure);
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-composer
          ref={input}
          size="md"
          autosize
          minRows={1}
          maxRows={6}
          label={t`What shall I remind you of, or do?`}
          description={t`For example “call Mum tomorrow at 18:00”, or any question`}
          value={words}
          error={error}
          onChange={({ currentTarget }) => onWords(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {isReminder && <PreviewCard preview={preview} />}
        <Group justify="flex-end" gap="xs">
          {isReminder ? (
            <>
              <Button
                variant="default"
                loading={isAsking}
                disabled={isBusy}
                onClick={() => void ask().catch(toastFailure)}
              >
                <Trans>Ask</Trans>
              </Button>
              <Button type="submit" loading={isSaving}>
                <Trans>Remind me</Trans>
              </Button>
            </>
          ) : (
            <>
              {isLong && (
                <Text size="sm" c="dimmed">
                  <Trans>Too long for a reminder: it is asked.</Trans>
                </Text>
              )}
              <Button type="submit" variant={text === '' ? 'default' : 'filled'} loading={isBusy}>
                <Trans>Ask</Trans>
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </form>
  );
}
