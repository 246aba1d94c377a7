import { Trans } from '@lingui/react/macro';
import { Outlet, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { AlertBanner } from '#web/features/alerts/alert-banner.tsx';
import { useMe } from '#web/features/users/me.ts';
import { openDialog } from '#web/lib/dialogs.ts';
import { nearestLanguage } from '#web/lib/i18n.ts';
import { untilLoaded } from '#web/lib/until-loaded.ts';
import { TimeProvider } from '#web/ui/time/time-zone.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { CaptureButton } from './capture-button.tsx';
import { Dialogs } from './dialogs.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SideBar } from './side-bar.tsx';
import { useSession } from './use-session.ts';
import { useShortcuts } from './use-shortcuts.ts';
import classes from './shell.module.css';

const ReminderToasts = lazy(async () => ({
  default: (await untilLoaded(async () => await import('#web/features/reminders/fired/reminder-toasts.tsx')))
    .ReminderToasts,
}));

/** What is around every page of somebody signed in. */
export function Shell() {
  const me = useMe();
  const shortcutsOn = me.preferences.shortcuts !== false;
  useSession(me);
  useShortcuts(shortcutsOn);
  // The shortcut of an installed app leads here (manifest.webmanifest).
  const { capture } = useSearch({ strict: false });
  useEffect(() => {
    if (capture) openDialog({ name: 'capture' });
  }, [capture]);
  return (
    <TimeProvider
      timezone={me.timezone}
      locale={localeOf(me.locale)}
      hourCycle={me.preferences.hour_cycle ?? 'auto'}
    >
      <a href="#main" className="skip-link">
        <Trans>Skip to the page</Trans>
      </a>
      <nav className={classes['side']} aria-label="Famulus">
        <SideBar me={me} />
      </nav>
      <main id="main" tabIndex={-1} className={classes['main']}>
        <OfflineBanner />
        <AlertBanner />
        <Outlet />
      </main>
      <CaptureButton />
      <BottomBar me={me} />
      <Dialogs shortcutsOn={shortcutsOn} />
      <Suspense fallback={null}>
        <ReminderToasts />
      </Suspense>
    </TimeProvider>
  );
}

/** Dates follow the account's language and region, where the page speaks that language. */
function localeOf(locale: string): string {
  return locale.toLowerCase().startsWith(nearestLanguage([locale])) ? locale : 'en';
}
