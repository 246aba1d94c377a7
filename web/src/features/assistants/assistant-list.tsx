import { Button, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Bot from 'lucide-react/icons/bot';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import type { AssistantDraft } from './assistant-draft.ts';
import { AssistantRow } from './assistant-row.tsx';
import { assistantsQuery } from './assistant.ts';

interface AssistantListProps {
  onExample: (example: Partial<AssistantDraft>) => void;
}

/** The secretary first. Who has no other is offered one to begin with. */
export function AssistantList({ onExample }: AssistantListProps) {
  const { t } = useLingui();
  const list = useInfiniteQuery(assistantsQuery);
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton rows={2} height={68} />;
  const assistants = list.data.toSorted((a, b) => Number(b.is_secretary) - Number(a.is_secretary));
  const example = {
    name: t`Cook`,
    instructions: t`You are a friendly cook. Ask what is in the kitchen, then suggest one simple dish and how to make it.`,
  };
  return (
    <Stack>
      <Rows label={t`Assistants`}>
        {assistants.map((assistant) => (
          <AssistantRow key={assistant.id} assistant={assistant} />
        ))}
      </Rows>
      <LoadMore query={list} />
      {assistants.length < 2 && !list.hasNextPage && (
        <EmptyState
          icon={<Bot size={28} aria-hidden />}
          title={t`Make another one`}
          action={
            <Button variant="light" onClick={() => onExample(example)}>
              <Trans>A cook, for example</Trans>
            </Button>
          }
        >
          <Trans>Each has instructions, a model and tools of its own.</Trans>
        </EmptyState>
      )}
    </Stack>
  );
}
