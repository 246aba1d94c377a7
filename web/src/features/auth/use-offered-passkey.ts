import { useEffect, useEffectEvent } from 'react';
import { offerPasskeys } from './passkeys.ts';
import { passkeyOptions, signInByPasskey } from './sign-in.ts';

/** While `isOn`, passkeys are among what the browser offers for the e-mail field; choosing one signs in. */
export function useOfferedPasskey(isOn: boolean, onSignedIn: (userId: string) => void): void {
  const done = useEffectEvent(onSignedIn);
  useEffect(() => {
    if (!isOn) return undefined;
    const life = new AbortController();
    const offer = async () => {
      const response = await offerPasskeys(passkeyOptions, life.signal);
      if (!response) return;
      const userId = await signInByPasskey(response);
      if (!life.signal.aborted) done(userId);
    };
    // Nobody has asked for it: the password and the button are there.
    offer().catch(() => {});
    return () => life.abort();
  }, [isOn]);
}
