import { AppShell } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Outlet } from '@tanstack/react-router';
import { useMe } from '#web/features/users/me.ts';
import { nearestLanguage } from '#web/lib/i18n.ts';
import { TimeProvider } from '#web/ui/time/time-zone.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SideBar } from './side-bar.tsx';
import { useSession } from './use-session.ts';
import { useShortcuts } from './use-shortcuts.ts';
import classes from './shell.module.css';

/** What is around every page of somebody signed in. */
export function Shell() {
  const me = useMe();
  const shortcutsOn = me.preferences.shortcuts !== false;
  useSession(me);
  useShortcuts(shortcutsOn);
  return (
    <TimeProvider
      timezone={me.timezone}
      locale={localeOf(me.locale)}
      hourCycle={me.preferences.hour_cycle ?? 'auto'}
    >
      <a href="#main" className="skip-link">
        <Trans>Skip to the page</Trans>
      </a>
      <AppShell
        layout="alt"
        navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: true } }}
        padding={{ base: 'md', sm: 'xl' }}
        transitionDuration={0}
      >
        <AppShell.Navbar p="sm" component="nav" aria-label="Famulus">
          <SideBar me={me} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className={classes['main'] ?? ''}>
          <OfflineBanner />
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <BottomBar me={me} />
      <Dialogs shortcutsOn={shortcutsOn} />
    </TimeProvider>
  );
}

/** Dates follow the account's language and region, where the page speaks that language. */
function localeOf(locale: string): string {
  return locale.toLowerCase().startsWith(nearestLanguage([locale])) ? locale : 'en';
}
