import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pause from 'lucide-react/icons/pause';
import MessageSquare from 'lucide-react/icons/message-square';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import Trash from 'lucide-react/icons/trash-2';
import { pause, remove, resume } from '../actions.tsx';
import { nameOf, type Reminder } from '../reminder.ts';
import { sayNow } from '../run-now.tsx';

const EditReminder = lazy(async () => ({
  default: (await import('../fields/edit-reminder.tsx')).EditReminder,
}));

interface MoreMenuProps {
  reminder: Reminder;
  /** Called when an action begins that may take it from its list. */
  onLeave: () => void;
  onRemove?: () => void;
}

/** What else can be done with a reminder. */
export function MoreMenu({ reminder, onLeave, onRemove }: MoreMenuProps) {
  const { t } = useLingui();
  const [isEditing, setEditing] = useState(false);
  const name = nameOf(reminder);
  const leave = (action: (reminder: Reminder) => Promise<boolean>) => () => {
    onLeave();
    void action(reminder);
  };
  return (
    <>
      <Menu position="bottom-end" width={180} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`More: ${name}`}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
            <Trans>Edit</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={<MessageSquare size={16} aria-hidden />}
            onClick={() => void sayNow(reminder)}
          >
            <Trans>Say it now</Trans>
          </Menu.Item>
          {reminder.status === 'active' && (
            <Menu.Item leftSection={<Pause size={16} aria-hidden />} onClick={leave(pause)}>
              <Trans>Pause</Trans>
            </Menu.Item>
          )}
          {reminder.status === 'paused' && (
            <Menu.Item leftSection={<Play size={16} aria-hidden />} onClick={leave(resume)}>
              <Trans>Resume</Trans>
            </Menu.Item>
          )}
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<Trash size={16} aria-hidden />}
            onClick={() => {
              leave(remove)();
              onRemove?.();
            }}
          >
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isEditing && (
        <Suspense fallback={null}>
          <EditReminder reminder={reminder} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}
