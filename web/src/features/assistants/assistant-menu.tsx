import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import Star from 'lucide-react/icons/star';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { makeSecretary, toggleActive } from './actions.tsx';
import { assistantsQuery, type Assistant } from './assistant.ts';
import { DeleteAssistant } from './delete-assistant.tsx';

/** What else can be done with one's own assistant. */
export function AssistantMenu({ assistant }: { assistant: Assistant }) {
  const { t } = useLingui();
  const { data: all = [] } = useInfiniteQuery(assistantsQuery);
  const [isDeleting, setDeleting] = useState(false);
  const { name, is_active, is_secretary } = assistant;
  const secretary = all.find((one) => one.is_secretary);
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t`More: ${name}`}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {is_secretary && (
            <Menu.Label maw={220}>{t`Your secretary stays: make another one it first`}</Menu.Label>
          )}
          {is_active && !is_secretary && (
            <Menu.Item
              leftSection={<Star size={16} aria-hidden />}
              onClick={() => void makeSecretary(assistant, secretary)}
            >
              <Trans>Make it my secretary</Trans>
            </Menu.Item>
          )}
          <Menu.Item
            disabled={is_secretary}
            leftSection={is_active ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
            onClick={() => void toggleActive(assistant)}
          >
            {is_active ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={is_secretary}
            leftSection={<Trash size={16} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteAssistant assistant={assistant} opened={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}
