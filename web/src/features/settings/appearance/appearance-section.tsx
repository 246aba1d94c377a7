import { useLingui } from '@lingui/react/macro';
import { SectionBody } from '../section-body.tsx';
import { BrowserNotificationsCard } from './browser-notifications-card.tsx';
import { ClockCard } from './clock-card.tsx';
import { FirstStepsCard } from './first-steps-card.tsx';
import { SchemeCard } from './scheme-card.tsx';
import { ShortcutsCard } from './shortcuts-card.tsx';

export function AppearanceSection() {
  const { t } = useLingui();
  return (
    <SectionBody title={t`Appearance`}>
      <SchemeCard />
      <ClockCard />
      <ShortcutsCard />
      <BrowserNotificationsCard />
      <FirstStepsCard />
    </SectionBody>
  );
}
