import { Badge, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { alertWords } from '#web/features/alerts/alert-words.ts';
import { alertsQuery, type Alert } from '#web/features/alerts/alerts-query.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Row, Rows } from '#web/ui/rows.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';

/** What is wrong, and what was. */
export function AlertList() {
  const { t } = useLingui();
  const list = useInfiniteQuery(alertsQuery);
  return (
    <section aria-labelledby="alerts">
      <Title order={3} size="h5" mb="xs" id="alerts">
        <Trans>Alerts</Trans>
      </Title>
      {list.error && !list.data && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <ListSkeleton rows={1} height={68} />}
      {list.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Nothing was wrong lately.</Trans>
        </Text>
      )}
      {list.data !== undefined && list.data.length > 0 && (
        <Rows label={t`Alerts`}>
          {list.data.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </Rows>
      )}
      <LoadMore query={list} />
    </section>
  );
}

function AlertRow({ alert: { code, message, level, raised_at, cleared_at } }: { alert: Alert }) {
  const { i18n } = useLingui();
  const words = alertWords[code];
  return (
    <Row
      title={<Text fw={500}>{words ? i18n._(words) : message}</Text>}
      facts={
        <>
          <span>{level === 'error' ? <Trans>Error</Trans> : <Trans>Warning</Trans>}</span>
          <span>
            <RelativeTime instant={raised_at} />
          </span>
          {cleared_at !== null && cleared_at !== raised_at && (
            <span>
              <Trans>
                right again <RelativeTime instant={cleared_at} />
              </Trans>
            </span>
          )}
        </>
      }
      actions={
        <Badge
          variant="default"
          leftSection={cleared_at === null ? <TriangleAlert size={12} aria-hidden /> : undefined}
        >
          {cleared_at === null ? (
            <Trans context="of an alert">Open</Trans>
          ) : (
            <Trans context="of an alert">Over</Trans>
          )}
        </Badge>
      }
    >
      {words && <Text size="sm">{message}</Text>}
    </Row>
  );
}
