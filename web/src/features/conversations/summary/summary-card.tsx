import { ActionIcon, Button, Group, Text, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import ChevronDown from 'lucide-react/icons/chevron-down';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import { useId, useState } from 'react';
import { useLeaving } from '#web/lib/leaving.ts';
import { removeWithUndo } from '#web/ui/remove-with-undo.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { api } from '#web/lib/api.ts';
import { pathOf, rewriteSummary, summaryQuery, type Summary } from './summary.ts';
import classes from './summary-card.module.css';

async function remove(summary: Summary): Promise<void> {
  const path = pathOf(summary);
  await removeWithUndo({
    id: summary.id,
    path,
    queryKey: ['threads', summary.thread_id, 'summary'],
    message: <Trans>The summary is deleted</Trans>,
    disable: async () => await api.patch(path, { is_active: false }),
    enable: async () => await api.patch(path, { is_active: true }),
  });
}

function Rewrite({ summary, onEnd }: { summary: Summary; onEnd: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(summary.text);
  const [isBusy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    try {
      await rewriteSummary(summary, text.trim());
      onEnd();
    } catch (error) {
      toastFailure(error);
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        aria-label={t`Earlier messages in short`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20_000}
        data-autofocus
      />
      <Group justify="flex-end" mt="xs" gap="xs">
        <Button size="xs" variant="default" onClick={onEnd}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="xs" type="submit" loading={isBusy} disabled={text.trim() === ''}>
          <Trans>Save</Trans>
        </Button>
      </Group>
    </form>
  );
}

/** Behind the last message that a summary stands for: what the assistant is shown of all before. */
export function SummaryCard({ threadId, seq }: { threadId: string; seq: number }) {
  const { t } = useLingui();
  const { data: summary } = useQuery(summaryQuery(threadId));
  const leaving = useLeaving();
  const [isOpen, setOpen] = useState(false);
  const [isEdited, setEdited] = useState(false);
  const id = useId();
  if (!summary || summary.up_to_seq !== seq || leaving.has(summary.id)) return null;
  return (
    <article className={classes['card']} aria-label={t`Earlier messages in short`}>
      <button
        type="button"
        className={classes['head']}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronDown size={14} aria-hidden className={classes['chevron']} data-open={isOpen} />
        <Trans>Earlier messages in short</Trans>
      </button>
      <div id={id} hidden={!isOpen} className={classes['body']}>
        {isEdited ? (
          <Rewrite summary={summary} onEnd={() => setEdited(false)} />
        ) : (
          <>
            <Text className={classes['text'] ?? ''}>{summary.text}</Text>
            <Group justify="space-between" mt="xs" wrap="nowrap">
              <Text size="xs" className={classes['quiet'] ?? ''}>
                <Trans>The assistant reads this instead of the messages above. They stay.</Trans>
              </Text>
              <Group gap={4} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t`Rewrite the summary`}
                  onClick={() => setEdited(true)}
                >
                  <Pencil size={15} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t`Delete the summary`}
                  onClick={() => void remove(summary)}
                >
                  <Trash size={15} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
          </>
        )}
      </div>
    </article>
  );
}
