import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Brain from 'lucide-react/icons/brain';
import SearchX from 'lucide-react/icons/search-x';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { MemoryWords } from './actions.tsx';

interface NoMemoriesProps {
  isSearch: boolean;
  isFiltered: boolean;
  onExample: (words: MemoryWords) => void;
}

export function NoMemories({ isSearch, isFiltered, onExample }: NoMemoriesProps) {
  const { t } = useLingui();
  if (isSearch || isFiltered) {
    return (
      <EmptyState icon={<SearchX size={28} aria-hidden />} title={t`Nothing found`}>
        {isSearch ? (
          <Trans>No memory has all of these words.</Trans>
        ) : (
          <Trans>There are no memories of this kind.</Trans>
        )}
      </EmptyState>
    );
  }
  const example = { key: t`favourite tea`, value: t`Darjeeling, without milk` };
  return (
    <EmptyState
      icon={<Brain size={28} aria-hidden />}
      title={t`Nothing is remembered yet`}
      action={
        <Button variant="light" onClick={() => onExample(example)}>
          {`${example.key}: ${example.value}`}
        </Button>
      }
    >
      <Trans>Tell an assistant “remember that …” in the chat, or write it down here. For example:</Trans>
    </EmptyState>
  );
}
