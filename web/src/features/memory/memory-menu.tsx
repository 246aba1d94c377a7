import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pause from 'lucide-react/icons/pause';
import Pencil from 'lucide-react/icons/pencil';
import Pin from 'lucide-react/icons/pin';
import PinOff from 'lucide-react/icons/pin-off';
import Play from 'lucide-react/icons/play';
import ShieldCheck from 'lucide-react/icons/shield-check';
import Trash from 'lucide-react/icons/trash-2';
import { remove, toggleActive, togglePinned, vouchFor } from './actions.tsx';
import type { Memory } from './memory.ts';

interface MemoryMenuProps {
  memory: Memory;
  onEdit: () => void;
  onLeave: () => void;
}

export function MemoryMenu({ memory, onEdit, onLeave }: MemoryMenuProps) {
  const { t } = useLingui();
  const { key, pinned, is_active, trust } = memory;
  return (
    <Menu position="bottom-end" width={220} returnFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`More: ${key}`}>
          <Ellipsis size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={onEdit}>
          <Trans>Edit</Trans>
        </Menu.Item>
        {trust === 'tainted' && (
          <Menu.Item
            leftSection={<ShieldCheck size={16} aria-hidden />}
            onClick={() => void vouchFor(memory)}
          >
            <Trans>It is right: trust it</Trans>
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
          onClick={() => void togglePinned(memory)}
        >
          {pinned ? <Trans>Unpin</Trans> : <Trans>Pin: told every time</Trans>}
        </Menu.Item>
        <Menu.Item
          leftSection={is_active ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          onClick={() => void toggleActive(memory)}
        >
          {is_active ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<Trash size={16} aria-hidden />}
          onClick={() => {
            onLeave();
            void remove(memory);
          }}
        >
          <Trans>Delete</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
