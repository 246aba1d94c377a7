import { Modal } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { ShownOnce } from '../shown-once.tsx';
import type { Account, ResetLink } from './account.ts';

interface ResetLinkDialogProps {
  account: Pick<Account, 'name'>;
  link: ResetLink;
  onClose: () => void;
}

export function ResetLinkDialog({ account, link, onClose }: ResetLinkDialogProps) {
  const { t } = useLingui();
  const { name } = account;
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={t`Link for a new password`}
    >
      <ShownOnce url={link.url} onClose={onClose}>
        <Trans>
          With this link {name} sets a password, once. It ends <RelativeTime instant={link.expires_at} />.
          Whoever has it can open the account: give it to nobody else.
        </Trans>
      </ShownOnce>
    </Modal>
  );
}
