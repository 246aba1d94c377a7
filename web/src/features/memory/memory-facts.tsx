import { Anchor, Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Memory } from './memory.ts';

/** Where it comes from, how far it is trusted, and whether it is recalled. */
export function MemoryFacts({ memory }: { memory: Memory }) {
  const { source, trust, pinned, is_active, expires_at, origin, updated_at } = memory;
  return (
    <>
      <span>
        {source === 'user' && <Trans>You said so</Trans>}
        {source === 'assistant' &&
          (origin ? (
            <Anchor
              component={Link}
              to={`/chat/${origin.thread_id}`}
              size="sm"
              c="inherit"
              underline="always"
            >
              <Trans>An assistant noted it in a chat</Trans>
            </Anchor>
          ) : (
            <Trans>An assistant noted it</Trans>
          ))}
        {source === 'import' && <Trans>Imported</Trans>} · <RelativeTime instant={updated_at} />
      </span>
      {trust === 'tainted' && (
        <Badge size="sm" variant="default">
          <Trans>A stranger’s words</Trans>
        </Badge>
      )}
      {pinned && (
        <Badge size="sm" variant="default">
          <Trans>Pinned</Trans>
        </Badge>
      )}
      {!is_active && (
        <Badge size="sm" variant="default">
          <Trans>Off</Trans>
        </Badge>
      )}
      {memory.last_used_at !== null && (
        <span>
          <Trans>
            recalled <RelativeTime instant={memory.last_used_at} />
          </Trans>
        </span>
      )}
      {expires_at !== null && <Until instant={expires_at} />}
    </>
  );
}

function Until({ instant }: { instant: string }) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const day = dayAndTime(instant, settings, now);
  return new Date(instant).getTime() > now ? (
    <span>
      <Trans>until {day}</Trans>
    </span>
  ) : (
    <Badge size="sm" variant="default">
      <Trans>Over since {day}</Trans>
    </Badge>
  );
}
