import { Anchor, Group } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onLive } from '#web/lib/live/index.ts';
import { newId } from '#web/lib/new-id.ts';
import { hideToast, showToast } from '#web/ui/toast-host.tsx';
import { gather, missedOf } from './missed-event.ts';

const TOGETHER_MS = 1_500;

/** Says that reminders did not come, with the way to their history. */
export function useMissedToast(): void {
  const router = useRouter();
  useEffect(() => {
    const { add, stop } = gather((count) => {
      const id = newId();
      const open = () => {
        hideToast(id);
        void router.navigate({ to: '/reminders', search: { tab: 'history' } });
      };
      showToast({
        id,
        withBorder: true,
        autoClose: false,
        color: 'orange',
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>
              <Plural
                value={count}
                one="# reminder was missed while Famulus was off"
                other="# reminders were missed while Famulus was off"
              />
            </span>
            <Anchor component="button" size="sm" flex="none" onClick={open}>
              <Trans>History</Trans>
            </Anchor>
          </Group>
        ),
      });
    }, TOGETHER_MS);
    const end = onLive(['schedule.missed'], (event) => add(missedOf(event)));
    return () => {
      end();
      stop();
    };
  }, [router]);
}
