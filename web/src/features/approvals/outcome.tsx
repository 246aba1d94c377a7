import { Badge } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import type { Approval } from './approval.ts';

/** What was decided, in a word. */
export function OutcomeBadge({ status }: Pick<Approval, 'status'>) {
  const colors = { pending: 'gray', approved: 'green.9', rejected: 'red.9', expired: 'gray.7' };
  return (
    <Badge size="sm" variant="filled" color={colors[status]}>
      {status === 'approved' && <Trans>Approved</Trans>}
      {status === 'rejected' && <Trans>Rejected</Trans>}
      {status === 'expired' && <Trans>Lapsed</Trans>}
      {status === 'pending' && <Trans context="of an approval">Open</Trans>}
    </Badge>
  );
}

function usePlaces(): Record<NonNullable<Approval['decided_via']>, string> {
  const { t } = useLingui();
  return { web: t`on the web`, telegram: t`in Telegram`, api: t`through the API`, cli: t`by a command` };
}

/** Who decided, where and when, and whether it was carried out. */
export function OutcomeFacts({ approval }: { approval: Approval }) {
  const { status, decided_at, decided_via, used_at } = approval;
  const places = usePlaces();
  const place = decided_via === null ? undefined : places[decided_via];
  const when = decided_at !== null && <RelativeTime instant={decided_at} />;
  return (
    <>
      {status === 'expired' ? (
        <span>
          <Trans>Nobody decided before it ended {when}</Trans>
        </span>
      ) : (
        place !== undefined && (
          <span>
            <Trans>
              by you {place} {when}
            </Trans>
          </span>
        )
      )}
      {status === 'approved' && (
        <span>{used_at === null ? <Trans>not carried out yet</Trans> : <Trans>carried out</Trans>}</span>
      )}
    </>
  );
}
