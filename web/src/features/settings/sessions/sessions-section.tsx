import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SectionBody } from '../section-body.tsx';
import { SettingsCard } from '../settings-card.tsx';
import { SettingsRows } from '../settings-rows.tsx';
import { EndOtherSessions } from './end-other-sessions.tsx';
import { SessionRow } from './session-row.tsx';
import { sessionsQuery } from './sessions-api.ts';

/** Where its user is signed in: this browser first. */
export function SessionsSection() {
  const { t } = useLingui();
  const title = useRef<HTMLHeadingElement>(null);
  const query = useInfiniteQuery(sessionsQuery);
  const { data: sessions, error, refetch } = query;
  const others = sessions?.filter(({ is_current }) => !is_current) ?? [];
  const current = sessions?.filter(({ is_current }) => is_current) ?? [];
  const toTitle = () => title.current?.focus();
  return (
    <SectionBody title={t`Sessions and devices`}>
      <SettingsCard
        title={t`Where you are signed in`}
        titleRef={title}
        lead={<Trans>End what you don’t know, and change your password then.</Trans>}
      >
        {sessions && (
          <SettingsRows>
            {[...current, ...others].map((session) => (
              <SessionRow key={session.id} session={session} onEnded={toTitle} />
            ))}
          </SettingsRows>
        )}
        {!sessions && !error && <ListSkeleton rows={3} />}
        {!sessions && error && <Failure error={error} retry={() => void refetch()} />}
        <LoadMore query={query} />
        {others.length > 0 && <EndOtherSessions onEnded={toTitle} />}
      </SettingsCard>
    </SectionBody>
  );
}
