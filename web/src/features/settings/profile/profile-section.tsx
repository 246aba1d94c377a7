import { useLingui } from '@lingui/react/macro';
import { SectionBody } from '../section-body.tsx';
import { LanguageCard } from './language-card.tsx';
import { NamesCard } from './names-card.tsx';
import { QuietHoursCard } from './quiet-hours-card.tsx';
import { SpokenRemindersCard } from './spoken-reminders-card.tsx';
import { TimeZoneCard } from './time-zone-card.tsx';

export function ProfileSection() {
  const { t } = useLingui();
  return (
    <SectionBody title={t`Profile`}>
      <NamesCard />
      <TimeZoneCard />
      <LanguageCard />
      <QuietHoursCard />
      <SpokenRemindersCard />
    </SectionBody>
  );
}
