import { Trans, useLingui } from '@lingui/react/macro';
import { shortCount, usd, wholeCount } from '#web/ui/amounts.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { ChatMessage } from './message.ts';
import classes from './message.module.css';

/** Which model answered, what that took and what it cost, as far as it is known. */
export function UsedFacts({ model, usage, cost_usd }: Pick<ChatMessage, 'model' | 'usage' | 'cost_usd'>) {
  const { t } = useLingui();
  const { locale } = useTimeSettings();
  const input = usage?.input_tokens ?? 0;
  const output = usage?.output_tokens ?? 0;
  const [read, written] = [wholeCount(input, locale), wholeCount(output, locale)];
  return (
    <>
      {model !== null && (
        <span className={classes['model']} title={model}>
          {model}
        </span>
      )}
      {input + output > 0 && (
        <span title={t`${read} tokens read, ${written} written`}>
          <Trans>{shortCount(input + output, locale)} tokens</Trans>
        </span>
      )}
      {cost_usd !== null && cost_usd > 0 && <span>{usd(cost_usd, locale)}</span>}
    </>
  );
}
