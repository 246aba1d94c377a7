import { useLingui } from '@lingui/react/macro';
import { shortCount, usd, wholeCount } from '#web/ui/amounts.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Figures } from './series.ts';
import type { Measure } from './usage.ts';

/** How figures are written here. */
export function useFigures() {
  const { t } = useLingui();
  const { locale } = useTimeSettings();
  const cost = ({ cost_usd, unpriced_requests, requests }: Figures): string =>
    unpriced_requests > 0 && unpriced_requests === requests ? t`price not known` : usd(cost_usd, locale);
  return {
    cost,
    tokens: ({ input_tokens, output_tokens }: Figures) => wholeCount(input_tokens + output_tokens, locale),
    requests: ({ requests }: Figures) => wholeCount(requests, locale),
    /** Of a bar or a scale. */
    value: (value: number, measure: Measure) =>
      measure === 'cost' ? usd(value, locale) : shortCount(value, locale),
  };
}
