import { Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Row } from '#web/ui/rows.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import { rewrite } from './actions.tsx';
import { MemoryFacts } from './memory-facts.tsx';
import { MemoryForm } from './memory-form.tsx';
import { MemoryMenu } from './memory-menu.tsx';
import { MemoryText } from './memory-text.tsx';
import type { Memory } from './memory.ts';

/** A memory in the list; it is edited in its place. */
export function MemoryRow({ memory }: { memory: Memory }) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const [isEditing, setEditing] = useState(false);
  const { key, value, is_active } = memory;

  function close(): void {
    setEditing(false);
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus());
  }

  if (isEditing) {
    const save = async (words: { key: string; value: string }) => await rewrite(memory, words);
    return (
      <Row
        ref={row}
        title={<MemoryForm words={{ key, value }} action={t`Save`} onSave={save} onClose={close} />}
      />
    );
  }
  return (
    <Row
      ref={row}
      title={<Text fw={500}>{key}</Text>}
      facts={<MemoryFacts memory={memory} />}
      actions={<MemoryMenu memory={memory} onEdit={() => setEditing(true)} onLeave={focusNext} />}
    >
      <MemoryText text={value} isOff={!is_active} />
    </Row>
  );
}
