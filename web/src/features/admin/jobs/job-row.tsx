import { Badge, Code, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { duration } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { Row } from '#web/ui/rows.tsx';
import { accountsQuery } from '../users/account.ts';
import { JobActions } from './job-actions.tsx';
import { kindNames, statusNames } from './job-words.ts';
import type { Job } from './job.ts';

export function JobRow({ job }: { job: Job }) {
  const { i18n } = useLingui();
  const { locale } = useTimeSettings();
  const { data: accounts = [] } = useInfiniteQuery(accountsQuery);
  const { kind, status, attempts, error, age_ms, enqueued_at, finished_at, user_id } = job;
  const words = kindNames[kind];
  const name = accounts.find(({ id }) => id === user_id)?.name;
  const took = duration(age_ms, locale);
  return (
    <Row
      title={<Text fw={500}>{words ? i18n._(words) : <Code>{kind}</Code>}</Text>}
      facts={
        <>
          <Badge size="sm" variant="default">
            {i18n._(statusNames[status])}
          </Badge>
          {name !== undefined && (
            <span>
              <Trans>for {name}</Trans>
            </span>
          )}
          <span>
            <RelativeTime instant={enqueued_at} />
          </span>
          {finished_at !== null && (
            <span>
              <Trans>took {took}</Trans>
            </span>
          )}
          {attempts > 1 && (
            <span>
              <Plural value={attempts} one="begun once" other="begun # times" />
            </span>
          )}
        </>
      }
      actions={<JobActions job={job} label={words ? i18n._(words) : kind} />}
    >
      {error !== null && <Text size="sm">{error}</Text>}
    </Row>
  );
}
