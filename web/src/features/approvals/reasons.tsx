import { Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-help';
import Replace from 'lucide-react/icons/replace';
import ShieldAlert from 'lucide-react/icons/shield-alert';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Reason } from './approval.ts';
import { reasonWords } from './reason-words.ts';
import classes from './approval-card.module.css';

const icons = {
  policy: CircleHelp,
  tainted: ShieldAlert,
  changed: Replace,
  uncertain: TriangleAlert,
} as const;

/** Why the user is asked, and what that means. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const { t, i18n } = useLingui();
  return (
    <ul className={classes['reasons']} aria-label={t`Why it asks`}>
      {reasons.map((reason) => {
        const Icon = icons[reason];
        const { name, meaning } = reasonWords[reason];
        return (
          <li key={reason} className={classes['reason']} data-warns={reason !== 'policy'}>
            <Icon size={16} aria-hidden />
            <Text size="sm">
              <strong>{i18n._(name)}.</strong> {i18n._(meaning)}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
