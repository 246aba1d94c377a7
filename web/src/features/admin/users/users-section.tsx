import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import UserPlus from 'lucide-react/icons/user-plus';
import { lazy, Suspense, useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { SectionHead } from '../section-head.tsx';
import { accountsQuery } from './account.ts';
import { AccountRow } from './account-row.tsx';

const NewAccount = lazy(async () => ({ default: (await import('./new-account.tsx')).NewAccount }));

/** Accounts made elsewhere tell nobody: they appear a little later. */
const LOOK_AGAIN_MS = 10_000;

export function UsersSection() {
  const { t } = useLingui();
  const [isMaking, setMaking] = useState(false);
  const list = useInfiniteQuery({
    ...accountsQuery,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? LOOK_AGAIN_MS : false),
  });
  return (
    <>
      <SectionHead
        title={t`Users`}
        action={
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            <Trans>New account</Trans>
          </Button>
        }
      />
      {list.data ? (
        <>
          <Rows label={t`Users`}>
            {list.data.map((account) => (
              <AccountRow key={account.id} account={account} />
            ))}
          </Rows>
          <LoadMore query={list} />
        </>
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ListSkeleton height={68} />
      )}
      {isMaking && (
        <Suspense fallback={null}>
          <NewAccount onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}
