import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { refreshInvitations } from './invitation.ts';

interface RevokeInvitationProps {
  id: string;
  whom: string;
  opened: boolean;
  onRevoked: () => void;
  onClose: () => void;
}

/** Its link can't be made again: that is asked first. */
export function RevokeInvitation({ id, whom, opened, onRevoked, onClose }: RevokeInvitationProps) {
  const { t } = useLingui();
  const revoke = useMutation({
    mutationFn: async () => await api.delete(`/api/invitations/${id}`),
    onSuccess: () => {
      onClose();
      onRevoked();
      toast(<Trans>The invitation is revoked</Trans>);
    },
    onError: toastFailure,
    onSettled: refreshInvitations,
  });
  return (
    <Confirm
      opened={opened}
      title={t`Revoke this invitation?`}
      action={t`Revoke`}
      loading={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <Trans>For: {whom}. Its link stops working at once; you can make another one at any time.</Trans>
    </Confirm>
  );
}
