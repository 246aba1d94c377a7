import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { MadeTokenView } from './made-token.tsx';
import { NewTokenForm } from './new-token-form.tsx';
import { scopesQuery, type MadeToken } from './tokens-api.ts';

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  useReturnFocus();
  const { data: scopes, error, refetch } = useQuery(scopesQuery);
  const [made, setMade] = useState<MadeToken>();
  // A token that is shown once does not go away by a slip.
  const isFree = made === undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t`Your new API token` : t`New API token`}
      closeOnClickOutside={false}
      closeOnEscape={isFree}
      withCloseButton={isFree}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {made && <MadeTokenView made={made} onClose={onClose} />}
      {!made && scopes && <NewTokenForm scopes={scopes} onMade={setMade} onClose={onClose} />}
      {!made && !scopes && !error && <ListSkeleton />}
      {!made && !scopes && error && <Failure error={error} retry={() => void refetch()} />}
    </Modal>
  );
}
