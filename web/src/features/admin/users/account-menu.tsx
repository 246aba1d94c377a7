import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import KeyRound from 'lucide-react/icons/key-round';
import Shield from 'lucide-react/icons/shield';
import ShieldOff from 'lucide-react/icons/shield-off';
import Trash from 'lucide-react/icons/trash-2';
import UserCheck from 'lucide-react/icons/user-check';
import UserX from 'lucide-react/icons/user-x';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { makeResetLink, type Account } from './account.ts';
import { toggleActive, toggleRole } from './actions.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { ResetLinkDialog } from './reset-link-dialog.tsx';

interface AccountMenuProps {
  account: Account;
  isMe: boolean;
  onLeave: () => void;
}

export function AccountMenu({ account, isMe, onLeave }: AccountMenuProps) {
  const { t } = useLingui();
  const [isDeleting, setDeleting] = useState(false);
  const reset = useMutation({ mutationFn: makeResetLink, onError: toastFailure });
  const { name, role, is_active } = account;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            loading={reset.isPending}
            aria-label={t`More: ${name}`}
          >
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<KeyRound size={16} aria-hidden />} onClick={() => reset.mutate(account)}>
            <Trans>Link for a new password</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={
              role === 'admin' ? <ShieldOff size={16} aria-hidden /> : <Shield size={16} aria-hidden />
            }
            onClick={() => void toggleRole(account)}
          >
            {role === 'admin' ? <Trans>Make a member</Trans> : <Trans>Make an admin</Trans>}
          </Menu.Item>
          <Menu.Item
            leftSection={is_active ? <UserX size={16} aria-hidden /> : <UserCheck size={16} aria-hidden />}
            onClick={() => void toggleActive(account)}
          >
            {is_active ? <Trans>Disable</Trans> : <Trans>Enable</Trans>}
          </Menu.Item>
          {!isMe && (
            <Menu.Item
              color="red"
              leftSection={<Trash size={16} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              <Trans>Delete</Trans>
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {reset.data && <ResetLinkDialog account={account} link={reset.data} onClose={reset.reset} />}
      {isDeleting && (
        <DeleteAccount account={account} onDeleted={onLeave} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}
