import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import MailPlus from 'lucide-react/icons/mail-plus';
import { lazy, Suspense, useState } from 'react';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { SectionHead } from '../section-head.tsx';
import { InvitationRow } from './invitation-row.tsx';
import { invitationsQuery } from './invitation.ts';

const NewInvitation = lazy(async () => ({ default: (await import('./new-invitation.tsx')).NewInvitation }));

export function InvitationList() {
  const { t } = useLingui();
  const [isInviting, setInviting] = useState(false);
  const list = useInfiniteQuery({ ...invitationsQuery, refetchOnMount: 'always' });
  const invite = (
    <Button leftSection={<MailPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
      <Trans>Invite</Trans>
    </Button>
  );
  const isEmpty = list.data?.length === 0;
  return (
    <section aria-label={t`Invitations`}>
      <SectionHead title={t`Invitations`} action={!isEmpty && invite} />
      {isEmpty ? (
        <EmptyState
          icon={<MailPlus size={28} aria-hidden />}
          title={t`Nobody was invited yet`}
          action={invite}
        >
          <Trans>An invitation is a link: whoever has it makes one account of their own.</Trans>
        </EmptyState>
      ) : list.data ? (
        <>
          <Rows label={t`Invitations`}>
            {list.data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </Rows>
          <LoadMore query={list} />
        </>
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ListSkeleton rows={3} height={68} />
      )}
      {isInviting && (
        <Suspense fallback={null}>
          <NewInvitation onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </section>
  );
}
