import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Model } from './models-query.ts';

/** How a model stands in a list to choose from: its name, what it holds and what it costs. */
export function ModelOption({ id, model }: { id: string; model: Model | undefined }) {
  return (
    <div>
      <Text size="sm">{id}</Text>
      {model && !model.id.endsWith('*') && <ModelFacts model={model} />}
    </div>
  );
}

function ModelFacts({ model: { context_window, price, is_free, health } }: { model: Model }) {
  const { i18n } = useLingui();
  const tokens = new Intl.NumberFormat(i18n.locale, { notation: 'compact' }).format(context_window);
  return (
    <Text size="xs" c="dimmed">
      <Trans>{tokens} tokens</Trans>
      {' · '}
      {is_free ? (
        <Trans>runs here, free</Trans>
      ) : price ? (
        <Price input={price.input} output={price.output} />
      ) : (
        <Trans>price unknown</Trans>
      )}
      {health.state === 'down' && (
        <>
          {' · '}
          <Trans>does not answer</Trans>
        </>
      )}
    </Text>
  );
}

function Price(price: { input: number; output: number }) {
  const { i18n } = useLingui();
  const { format: usd } = new Intl.NumberFormat(i18n.locale, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 3,
  });
  const input = usd(price.input);
  const output = usd(price.output);
  return (
    <Trans>
      {input} in, {output} out per million
    </Trans>
  );
}
