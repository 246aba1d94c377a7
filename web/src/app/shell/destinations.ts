import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import Activity from 'lucide-react/icons/activity';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import ChartColumn from 'lucide-react/icons/chart-column';
import CircleCheckBig from 'lucide-react/icons/circle-check-big';
import Bell from 'lucide-react/icons/bell';
import Bot from 'lucide-react/icons/bot';
import Brain from 'lucide-react/icons/brain';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import House from 'lucide-react/icons/house';
import MessageCircle from 'lucide-react/icons/message-circle';
import Settings from 'lucide-react/icons/settings';
import Shield from 'lucide-react/icons/shield';
import Wrench from 'lucide-react/icons/wrench';
import type { ComponentType } from 'react';
import { OpenBadge } from '#web/features/approvals/open-badge.tsx';
import { UnreadBadge } from '#web/features/notifications/unread-badge.tsx';

interface Destination {
  to: string;
  label: MessageDescriptor;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  /** What it has to say, e.g. how many are unread. */
  badge?: ComponentType;
  /** `g` and then this goes there. */
  key: string;
  /** On the bar at the bottom of a phone; the others are behind "More". */
  isPrimary?: boolean;
  adminOnly?: boolean;
}

/** Where one can go, in order. */
export const destinations: Destination[] = [
  { to: '/', label: msg`Today`, icon: House, key: 't', isPrimary: true },
  { to: '/chat', label: msg`Chat`, icon: MessageCircle, key: 'c', isPrimary: true },
  { to: '/reminders', label: msg`Reminders`, icon: AlarmClock, key: 'r', isPrimary: true },
  { to: '/timeline', label: msg`Timeline`, icon: CalendarClock, key: 'i' },
  {
    to: '/notifications',
    label: msg`Notifications`,
    icon: Bell,
    badge: UnreadBadge,
    key: 'n',
    isPrimary: true,
  },
  { to: '/approvals', label: msg`Approvals`, icon: CircleCheckBig, badge: OpenBadge, key: 'p' },
  { to: '/memory', label: msg`Memory`, icon: Brain, key: 'm' },
  { to: '/assistants', label: msg`Assistants`, icon: Bot, key: 'a' },
  { to: '/tools', label: msg`Tools`, icon: Wrench, key: 'o' },
  { to: '/activity', label: msg`Activity`, icon: Activity, key: 'l' },
  { to: '/usage', label: msg`Usage`, icon: ChartColumn, key: 'u' },
  { to: '/settings', label: msg`Settings`, icon: Settings, key: 's' },
  { to: '/admin', label: msg`Administration`, icon: Shield, key: 'd', adminOnly: true },
];
