import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { lazy, Suspense, useRef, useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SectionBody } from '../section-body.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { SettingsRows } from '../settings-rows.tsx';
import { TokenExample } from './token-example.tsx';
import { TokenRow } from './token-row.tsx';
import { tokensQuery } from './tokens-api.ts';

const NewTokenDialog = lazy(async () => ({
  default: (await import('./new-token-dialog.tsx')).NewTokenDialog,
}));

export function TokensSection() {
  const { t } = useLingui();
  const title = useRef<HTMLHeadingElement>(null);
  const [isMaking, setMaking] = useState(false);
  const query = useInfiniteQuery(tokensQuery);
  const { data: tokens, error, refetch } = query;
  return (
    <SectionBody title={t`API tokens`}>
      <SettingsCard
        title={t`Your tokens`}
        titleRef={title}
        lead={
          <Trans>
            With a token, a program of yours does in your name what you let it, and no more.{' '}
            <a href="/api/docs">How the API works</a>
          </Trans>
        }
      >
        {tokens?.length === 0 && (
          <>
            <Text size="sm">
              <Trans>You have none. With one that may read reminders, this lists yours:</Trans>
            </Text>
            <TokenExample />
          </>
        )}
        {tokens && tokens.length > 0 && (
          <SettingsRows>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} onRevoked={() => title.current?.focus()} />
            ))}
          </SettingsRows>
        )}
        {!tokens && !error && <ListSkeleton rows={2} />}
        {!tokens && error && <Failure error={error} retry={() => void refetch()} />}
        <LoadMore query={query} />
        <Group justify="flex-end">
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            <Trans>New token</Trans>
          </Button>
        </Group>
      </SettingsCard>
      {isMaking && (
        <Suspense fallback={null}>
          <NewTokenDialog onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </SectionBody>
  );
}
