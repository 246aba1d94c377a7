import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { createThread } from './change-thread.ts';
import { isUnused, type Thread } from './thread.ts';
import { useAssistants } from './use-assistants.ts';

interface NewThreadButtonProps {
  threads: readonly Thread[];
  onDone?: (() => void) | undefined;
}

/** Begins a thread; where there are several assistants, with the one that is chosen. */
export function NewThreadButton({ threads, onDone }: NewThreadButtonProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const assistants = useAssistants();
  const [isBusy, setBusy] = useState(false);

  const begin = async (assistantId: string) => {
    setBusy(true);
    try {
      const unused = threads.find((one) => isUnused(one) && one.assistant_id === assistantId);
      const { id } = unused ?? (await createThread(assistantId));
      await navigate({ to: '/chat/$threadId', params: { threadId: id } });
      onDone?.();
    } catch (error) {
      toastFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const [only] = assistants;
  const button = {
    variant: 'light',
    size: 'lg',
    'aria-label': t`New thread`,
    loading: isBusy,
    disabled: !only,
    children: <Plus size={18} aria-hidden />,
  };
  if (assistants.length < 2) {
    return (
      <Tooltip label={t`New thread`}>
        <ActionIcon {...button} onClick={() => void (only && begin(only.id))} />
      </Tooltip>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon {...button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t`With which assistant?`}</Menu.Label>
        {assistants.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => void begin(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
