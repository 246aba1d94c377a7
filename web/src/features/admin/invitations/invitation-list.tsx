import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import MailPlus from 'lucide-react/icons/mail-plus';
import { lazy } from 'react';
import { ItemSection } from '../item-section.tsx';
import { InvitationRow } from './invitation-row.tsx';
import { invitationsQuery } from './invitation.ts';

const NewInvitation = lazy(async () => ({ default: (await import('./new-invitation.tsx')).NewInvitation }));

export function InvitationList() {
  const { t } = useLingui();
  const list = useInfiniteQuery({ ...invitationsQuery, refetchOnMount: 'always' });
  return (
    <ItemSection
      title={t`Invitations`}
      icon={MailPlus}
      action={t`Invite`}
      noneTitle={t`Nobody was invited yet`}
      noneWords={<Trans>An invitation is a link: whoever has it makes one account of their own.</Trans>}
      list={list}
      Form={NewInvitation}
    >
      {list.data?.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </ItemSection>
  );
}
