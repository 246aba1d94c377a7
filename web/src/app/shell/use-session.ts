import { useMantineColorScheme } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onOtherUser, wasThrownOut } from '#web/features/auth/known-browser.ts';
import type { Me } from '#web/features/users/me.ts';
import { nearestLanguage, speak } from '#web/lib/i18n.ts';
import { onLive, startLive, stopLive } from '#web/lib/live/index.ts';
import { onSignedOut, queryClient } from '#web/lib/query-client.ts';
import { liveRules } from '../live-rules.ts';

/** Keeps the page with its account while somebody is signed in: language, appearance, live events, and the way out when the session ends. */
export function useSession(me: Me): void {
  const router = useRouter();

  useEffect(() => {
    let hasLeft = false;
    onSignedOut(() => {
      // Several requests may hear of it at once; the later ones are on their way out already.
      if (hasLeft) return;
      hasLeft = true;
      stopLive();
      queryClient.clear();
      const { href } = router.state.location;
      const isComingBack = wasThrownOut() && href !== '/';
      void router.navigate({ to: '/sign-in', search: isComingBack ? { next: href } : {} });
    });
    const ends = liveRules.map(({ types, refresh }) =>
      onLive(types, (event) => {
        for (const queryKey of refresh(event)) void queryClient.invalidateQueries({ queryKey });
      }),
    );
    startLive();
    return () => {
      onSignedOut(() => {});
      for (const end of ends) end();
      stopLive();
    };
  }, [router]);

  const userId = me.id;
  // Nothing that is shown here is theirs.
  useEffect(() => onOtherUser(userId, () => location.reload()), [userId]);

  const { setColorScheme } = useMantineColorScheme();
  const scheme = me.preferences.color_scheme;
  useEffect(() => {
    if (scheme) setColorScheme(scheme);
  }, [scheme, setColorScheme]);

  useEffect(() => {
    const language = nearestLanguage([me.locale]);
    void speak(language);
  }, [me.locale]);
}
