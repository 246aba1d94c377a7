import { Paper, Radio, Skeleton, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { Failure } from '#web/ui/failure.tsx';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { SectionHead } from '../section-head.tsx';
import { settingsQuery, type Settings } from './invitation.ts';

type Choice = Settings['registration'];

async function put(registration: Choice, before: Settings): Promise<void> {
  queryClient.setQueryData(settingsQuery.queryKey, { ...before, registration });
  try {
    await api.patch('/api/settings', { registration });
  } finally {
    await queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey });
  }
}

async function choose(registration: Choice, before: Settings): Promise<void> {
  try {
    await put(registration, before);
  } catch (error) {
    toastFailure(error);
    return;
  }
  toastUndo({
    message: <Trans>Saved: who may make an account</Trans>,
    undo: async () => await put(before.registration, { ...before, registration }),
  });
}

/** Who may make an account: in force at once. */
export function Registration() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(settingsQuery);
  return (
    <section aria-label={t`Who may make an account`}>
      <SectionHead title={t`Who may make an account`} />
      {data ? (
        <Paper withBorder p="md">
          <Radio.Group
            aria-label={t`Who may make an account`}
            value={data.registration}
            onChange={(value) => void choose(value, data)}
          >
            <Stack gap="sm">
              <Radio
                value="closed"
                label={t`Nobody`}
                description={t`Invitations rest as well; admins can still make accounts.`}
              />
              <Radio
                value="invite"
                label={t`Whoever was invited`}
                description={t`With a link that you give them.`}
              />
              <Radio
                value="open"
                label={t`Anybody`}
                description={t`Whoever reaches this Famulus can sign up. Think twice on the internet.`}
              />
            </Stack>
          </Radio.Group>
        </Paper>
      ) : error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton height={190} radius="md" aria-hidden="true" />
      )}
    </section>
  );
}
