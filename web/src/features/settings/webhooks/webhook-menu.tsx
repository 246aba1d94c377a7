import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Ellipsis from 'lucide-react/icons/ellipsis';

export type WebhookAction = 'deliveries' | 'edit' | 'rotate' | 'toggle' | 'delete';

interface WebhookMenuProps {
  host: string;
  isActive: boolean;
  onChoose: (action: WebhookAction) => void;
}

/** What can be done with a webhook beside testing it. */
export function WebhookMenu({ host, isActive, onChoose }: WebhookMenuProps) {
  const { t } = useLingui();
  return (
    <Menu position="bottom-end" width={200} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`More: ${host}`}>
          <Ellipsis size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose('deliveries')}>
          <Trans>Messages</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => onChoose('edit')}>
          <Trans>Edit</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => onChoose('toggle')}>
          {isActive ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
        </Menu.Item>
        <Menu.Item onClick={() => onChoose('rotate')}>
          <Trans>New secret</Trans>
        </Menu.Item>
        <Menu.Item c="var(--mantine-color-error)" onClick={() => onChoose('delete')}>
          <Trans>Delete</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
