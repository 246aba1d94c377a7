import { Alert, Code, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import CircleCheck from 'lucide-react/icons/circle-check';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { SectionHead } from '../section-head.tsx';
import { AlertList } from './alert-list.tsx';
import { PartList } from './part-list.tsx';
import { ProcessList } from './process-list.tsx';
import { readinessQuery, versionQuery } from './readiness.ts';

/** How each part is; it looks again by itself while it is shown. */
export function HealthSection() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(readinessQuery);
  const { data: about } = useQuery(versionQuery);
  const version = about?.version;
  const isReady = data?.status === 'ready';
  return (
    <>
      <SectionHead title={t`Health`} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!error && !data && <ListSkeleton rows={6} height={68} />}
      {!error && data && (
        <Stack gap="lg">
          <Alert
            role="status"
            variant="default"
            icon={
              isReady ? (
                <CircleCheck aria-hidden color="var(--mantine-color-green-filled)" />
              ) : (
                <TriangleAlert aria-hidden color="var(--mantine-color-red-filled)" />
              )
            }
            title={isReady ? t`All is well` : t`Something is wrong`}
          >
            {version !== undefined && <Trans>Famulus {version}</Trans>}
          </Alert>
          <PartList parts={data.parts} />
          <AlertList />
          <section aria-labelledby="processes">
            <Title order={3} size="h5" mb="xs" id="processes">
              <Trans>Processes</Trans>
            </Title>
            <ProcessList processes={data.processes} />
          </section>
          <Text size="sm" c="dimmed">
            <Trans>
              For a thorough look at the machine, run <Code>./manage doctor</Code> where Famulus runs: it says
              what is wrong and how to mend it.
            </Trans>
          </Text>
        </Stack>
      )}
    </>
  );
}
