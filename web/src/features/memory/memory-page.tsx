import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import Plus from 'lucide-react/icons/plus';
import Search from 'lucide-react/icons/search';
import { useRef, useState } from 'react';
import { Page } from '#web/ui/page.tsx';
import { remember, type MemoryWords } from './actions.tsx';
import { AboutTainted } from './about-tainted.tsx';
import { FileMenu } from './file-menu.tsx';
import { FilterSelect, type Filter } from './filter-select.tsx';
import { ImportPanel } from './import-panel.tsx';
import { MemoryForm } from './memory-form.tsx';
import { MemoryList } from './memory-list.tsx';

const TYPING_MS = 250;

/** What is kept about the user: to be looked at, corrected and forgotten. */
export function MemoryPage() {
  const { t } = useLingui();
  const [adding, setAdding] = useState<MemoryWords>();
  const [file, setFile] = useState<File>();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, TYPING_MS);
  const add = useRef<HTMLButtonElement>(null);

  function close(): void {
    setAdding(undefined);
    add.current?.focus();
  }

  return (
    <Page
      title={t`Memory`}
      actions={
        <>
          <Button
            ref={add}
            leftSection={<Plus size={16} aria-hidden />}
            aria-expanded={adding !== undefined}
            onClick={() => setAdding({ key: '', value: '' })}
          >
            <Trans>Add</Trans>
          </Button>
          <FileMenu onFile={setFile} />
        </>
      }
    >
      <Text c="dimmed" mb="md">
        <Trans>What your assistants know about you. Change it, switch it off, or have it forgotten.</Trans>
      </Text>
      {adding && (
        <Paper withBorder p="md" mb="md">
          <MemoryForm
            key={adding.key}
            words={adding}
            action={t`Remember`}
            onSave={remember}
            onClose={close}
          />
        </Paper>
      )}
      {file && <ImportPanel key={file.name} file={file} onClose={() => setFile(undefined)} />}
      <Group mb="md" align="end">
        <TextInput
          type="search"
          flex="1 1 12rem"
          label={t`Search`}
          leftSection={<Search size={16} aria-hidden />}
          maxLength={200}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <FilterSelect value={filter} onChange={setFilter} />
      </Group>
      {filter === 'tainted' && <AboutTainted />}
      <MemoryList search={settled} filter={filter} onExample={setAdding} />
    </Page>
  );
}
