import { Button, Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { PreviewCard } from './preview-card.tsx';
import { useWordsCapture } from './use-words-capture.ts';
import { WordsInput } from './words-input.tsx';

export interface QuickCaptureProps {
  opened: boolean;
  onClose: () => void;
  /** Words that are in it already. */
  text?: string;
}

/** A reminder in words from anywhere. Enter saves and closes; Shift+Enter saves and waits for the next. */
export function QuickCapture({ opened, onClose, text = '' }: QuickCaptureProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t`New reminder`}
      closeButtonProps={{ 'aria-label': t`Close` }}
      size="md"
      yOffset="12vh"
    >
      <CaptureForm onClose={onClose} text={text} />
    </Modal>
  );
}

function CaptureForm({ onClose, text }: { onClose: () => void; text: string }) {
  const [words, setWords] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const { preview, failure, error, isSaving, save } = useWordsCapture(words);

  async function saveAnd(then: () => void): Promise<void> {
    if (await save()) then();
  }
  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void saveAnd(onClose);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.shiftKey) return;
    event.preventDefault();
    void saveAnd(() => {
      setWords('');
      input.current?.focus();
    });
  }

  return (
    // The keys are of the input in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <Stack>
        <WordsInput ref={input} value={words} onChange={setWords} error={error} />
        {failure ? <Failure error={failure} /> : words.trim() !== '' && <PreviewCard preview={preview} />}
        <Group justify="space-between">
          <Text size="xs" c="dimmed" visibleFrom="xs">
            <Kbd size="xs">Shift</Kbd> + <Kbd size="xs">Enter</Kbd> <Trans>saves and goes on</Trans>
          </Text>
          <Button type="submit" loading={isSaving} ml="auto">
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
