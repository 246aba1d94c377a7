import '@mantine/spotlight/styles.layer.css';
import { useMantineColorScheme } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useRouter } from '@tanstack/react-router';
import AlarmClockPlus from 'lucide-react/icons/alarm-clock-plus';
import Keyboard from 'lucide-react/icons/keyboard';
import LogOut from 'lucide-react/icons/log-out';
import MessageCircle from 'lucide-react/icons/message-circle';
import Search from 'lucide-react/icons/search';
import SunMoon from 'lucide-react/icons/sun-moon';
import { useEffect, useState, type ReactNode } from 'react';
import { signOut } from '#web/features/auth/sign-out.ts';
import { sendToMainThread } from '#web/features/conversations/send-to-main-thread.ts';
import { useMe } from '#web/features/users/me.ts';
import { openDialog } from '#web/lib/dialogs.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { destinations } from './destinations.ts';

interface Action {
  id: string;
  label: string;
  icon: ReactNode;
  run: () => void;
  /** Shown whatever was typed. */
  isForAnyText?: boolean;
}

const [store, spotlight] = createSpotlight();

function useActions(text: string): Action[] {
  const { t, i18n } = useLingui();
  const router = useRouter();
  const me = useMe();
  const { setColorScheme, colorScheme } = useMantineColorScheme();
  const size = 18;
  const given = text.trim();

  const ask = async () => {
    await sendToMainThread(given);
    await router.navigate({ to: '/chat' });
  };

  return [
    ...(given === ''
      ? []
      : [
          {
            id: 'remind',
            label: t`Remind me: ${given}`,
            icon: <AlarmClockPlus size={size} aria-hidden />,
            run: () => openDialog({ name: 'capture', text: given }),
            isForAnyText: true,
          },
          {
            id: 'ask',
            label: t`Ask: ${given}`,
            icon: <MessageCircle size={size} aria-hidden />,
            run: () => void ask().catch(toastFailure),
            isForAnyText: true,
          },
        ]),
    ...destinations
      .filter(({ adminOnly }) => !adminOnly || me.role === 'admin')
      .map(({ to, label, icon: Icon }) => ({
        id: to,
        label: i18n._(label),
        icon: <Icon size={size} aria-hidden />,
        run: () => void router.navigate({ to }),
      })),
    {
      id: 'new-reminder',
      label: t`New reminder`,
      icon: <AlarmClockPlus size={size} aria-hidden />,
      run: () => openDialog({ name: 'capture' }),
    },
    {
      id: 'scheme',
      label: colorScheme === 'dark' ? t`Light appearance` : t`Dark appearance`,
      icon: <SunMoon size={size} aria-hidden />,
      run: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'shortcuts',
      label: t`Keyboard shortcuts`,
      icon: <Keyboard size={size} aria-hidden />,
      run: () => openDialog({ name: 'shortcuts' }),
    },
    {
      id: 'sign-out',
      label: t`Sign out`,
      icon: <LogOut size={size} aria-hidden />,
      run: () => void signOut().catch(toastFailure),
    },
  ];
}

/** ⌘K: everything one can do or go to, by its name; what is no name is asked or captured. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const actions = useActions(text);
  const wanted = text.trim().toLowerCase();
  const shown = actions.filter(
    ({ label, isForAnyText }) => isForAnyText || label.toLowerCase().includes(wanted),
  );

  useEffect(() => {
    spotlight.open();
    return () => spotlight.close();
  }, []);

  return (
    <Spotlight.Root
      attributes={{ content: { 'aria-label': t`Go to, do, ask` } }}
      store={store}
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      shortcut={null}
    >
      <Spotlight.Search
        placeholder={t`Go to, do, ask…`}
        aria-label={t`Go to, do, ask`}
        leftSection={<Search size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {shown.map(({ id, label, icon, run }) => (
          <Spotlight.Action
            key={id}
            label={label}
            leftSection={icon}
            onClick={() => {
              // Its own dialog, if it opens one, comes after this one's end.
              onClose();
              run();
            }}
          />
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
