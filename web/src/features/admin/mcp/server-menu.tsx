import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pencil from 'lucide-react/icons/pencil';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import Trash from 'lucide-react/icons/trash-2';
import Wrench from 'lucide-react/icons/wrench';
import { useState } from 'react';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { askAgain, change, detach, refreshMcpServers, type McpServer } from './mcp-server.ts';

interface ServerMenuProps {
  server: McpServer;
  onTools: () => void;
  onEdit: () => void;
  onLeave: () => void;
}

export function ServerMenu({ server, onTools, onEdit, onLeave }: ServerMenuProps) {
  const { t } = useLingui();
  const [isDetaching, setDetaching] = useState(false);
  const { id, name, is_active } = server;
  const common = { onError: toastFailure, onSettled: refreshMcpServers };
  const ask = useMutation({ ...common, mutationFn: async () => await askAgain(id) });
  const toggle = useMutation({
    ...common,
    mutationFn: async () => await change(id, { is_active: !is_active }),
  });
  const remove = useMutation({
    ...common,
    mutationFn: async () => await detach(id),
    onSuccess: () => {
      setDetaching(false);
      onLeave();
      toast(<Trans>{name} is detached</Trans>);
    },
  });
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            loading={ask.isPending || toggle.isPending}
            aria-label={t`More: ${name}`}
          >
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Wrench size={16} aria-hidden />} onClick={onTools}>
            <Trans>Tools</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={onEdit}>
            <Trans>Edit</Trans>
          </Menu.Item>
          {is_active && (
            <Menu.Item leftSection={<RefreshCw size={16} aria-hidden />} onClick={() => ask.mutate()}>
              <Trans>Read the tools anew</Trans>
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={is_active ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
            onClick={() => toggle.mutate()}
          >
            {is_active ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Trash size={16} aria-hidden />}
            onClick={() => setDetaching(true)}
          >
            <Trans>Detach</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={isDetaching}
        title={t`Detach ${name}?`}
        action={t`Detach`}
        loading={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setDetaching(false)}
      >
        <Trans>Its tools are taken from every assistant. Attached again, they have to be given again.</Trans>
      </Confirm>
    </>
  );
}
