import { createContext, use, type ReactNode } from 'react';

export interface TimeSettings {
  /** IANA name */
  timezone: string;
  /** BCP 47 tag for dates and numbers */
  locale: string;
  hourCycle: 'auto' | 'h12' | 'h23';
}

const TimeContext = createContext<TimeSettings>({
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: 'en',
  hourCycle: 'auto',
});

/** How times are written below it: the signed-in user's zone, language and clock. */
export function TimeProvider({ children, ...settings }: TimeSettings & { children: ReactNode }) {
  return <TimeContext value={settings}>{children}</TimeContext>;
}

export function useTimeSettings(): TimeSettings {
  return use(TimeContext);
}
