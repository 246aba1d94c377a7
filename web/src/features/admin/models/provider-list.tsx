import { Stack } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ShownSettings } from '#features/settings/contract.ts';
import { modelsQuery } from '#web/features/models/models-query.ts';
import { SectionHead } from '../section-head.tsx';
import { providerNames } from './models-api.ts';
import { ProviderCard } from './provider-card.tsx';

/** Who has models, each with its key, its address and how it is. */
export function ProviderList({ providers }: Pick<ShownSettings, 'providers'>) {
  const { t } = useLingui();
  const { data } = useQuery(modelsQuery);
  return (
    <section aria-label={t`Providers`}>
      <SectionHead title={t`Providers`} />
      <Stack gap="md">
        {providerNames.map((name) => (
          <ProviderCard
            key={name}
            name={name}
            provider={providers[name]}
            found={data?.providers.find(({ provider }) => provider === name)}
            models={(data?.items ?? []).filter(({ provider }) => provider === name).map(({ id }) => id)}
            defaultModel={data?.default_model}
          />
        ))}
      </Stack>
    </section>
  );
}
