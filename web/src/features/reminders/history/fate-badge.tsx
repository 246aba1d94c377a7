import { Badge } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleX from 'lucide-react/icons/circle-x';
import Send from 'lucide-react/icons/send';
import SkipForward from 'lucide-react/icons/skip-forward';
import type { Fate } from '../use-reminder-lists.ts';
import classes from './fate-badge.module.css';

const icons = { delivered: Check, fired: Send, skipped: SkipForward, missed: CircleAlert, failed: CircleX };

export function useFateNames(): Record<Fate, string> {
  const { t } = useLingui();
  return {
    delivered: t`Delivered`,
    fired: t`On its way`,
    skipped: t`Skipped`,
    missed: t`Missed`,
    failed: t`Failed`,
  };
}

/** What became of an occurrence: what went wrong stands out, in words and by more than its color. */
export function FateBadge({ fate }: { fate: Fate }) {
  const names = useFateNames();
  const Icon = icons[fate];
  return (
    <Badge
      variant="default"
      className={classes['badge'] ?? ''}
      data-fate={fate}
      leftSection={<Icon size={12} aria-hidden />}
    >
      {names[fate]}
    </Badge>
  );
}
