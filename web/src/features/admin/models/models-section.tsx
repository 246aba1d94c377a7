import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { settingsQuery } from '../invitations/invitation.ts';
import { DefaultModels } from './default-models.tsx';
import { ProviderList } from './provider-list.tsx';

/** What answers, and how its providers are reached. */
export function ModelsSection() {
  const { data, error, refetch } = useQuery(settingsQuery);
  if (data) {
    return (
      <Stack gap="xl">
        <DefaultModels settings={data} />
        <ProviderList providers={data.providers} />
      </Stack>
    );
  }
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return <Skeleton height={320} radius="md" aria-hidden="true" />;
}
