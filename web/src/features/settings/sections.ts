import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import Download from 'lucide-react/icons/download';
import KeySquare from 'lucide-react/icons/key-square';
import Lock from 'lucide-react/icons/lock';
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone';
import Palette from 'lucide-react/icons/palette';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import UserRound from 'lucide-react/icons/user-round';
import WebhookIcon from 'lucide-react/icons/webhook';
import { lazy, type ComponentType } from 'react';

export interface SettingsSection {
  /** Its part of the address. */
  id: string;
  label: MessageDescriptor;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  Section: ComponentType;
}

/** In this order. */
export const sections: SettingsSection[] = [
  {
    id: 'profile',
    label: msg`Profile`,
    icon: UserRound,
    Section: lazy(async () => ({ default: (await import('./profile/profile-section.tsx')).ProfileSection })),
  },
  {
    id: 'appearance',
    label: msg`Appearance`,
    icon: Palette,
    Section: lazy(async () => ({
      default: (await import('./appearance/appearance-section.tsx')).AppearanceSection,
    })),
  },
  {
    id: 'security',
    label: msg`Security`,
    icon: Lock,
    Section: lazy(async () => ({
      default: (await import('./security/security-section.tsx')).SecuritySection,
    })),
  },
  {
    id: 'sessions',
    label: msg`Sessions and devices`,
    icon: MonitorSmartphone,
    Section: lazy(async () => ({
      default: (await import('./sessions/sessions-section.tsx')).SessionsSection,
    })),
  },
  {
    id: 'tokens',
    label: msg`API tokens`,
    icon: KeySquare,
    Section: lazy(async () => ({ default: (await import('./tokens/tokens-section.tsx')).TokensSection })),
  },
  {
    id: 'webhooks',
    label: msg`Webhooks`,
    icon: WebhookIcon,
    Section: lazy(async () => ({
      default: (await import('./webhooks/webhooks-section.tsx')).WebhooksSection,
    })),
  },
  {
    id: 'data',
    label: msg`Your data`,
    icon: Download,
    Section: lazy(async () => ({ default: (await import('./data/data-section.tsx')).DataSection })),
  },
  {
    id: 'danger',
    label: msg`Danger zone`,
    icon: TriangleAlert,
    Section: lazy(async () => ({ default: (await import('./danger/danger-section.tsx')).DangerSection })),
  },
];
