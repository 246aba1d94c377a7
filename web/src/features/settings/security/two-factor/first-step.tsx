import { Trans, useLingui } from '@lingui/react/macro';
import { toast } from '#web/ui/toast.tsx';
import { PasswordStep } from '../password-step.tsx';
import type { TwoFactorAim, TwoFactorStep } from './step.ts';
import { beginTwoFactor, endTwoFactor, makeRecoveryCodes, showAppSecret } from './two-factor-api.ts';

interface FirstStepProps {
  aim: TwoFactorAim;
  /** With what comes next, if anything does. */
  onDone: (next: TwoFactorStep | undefined) => void;
  onClose: () => void;
}

const acts: Record<TwoFactorAim, (password: string) => Promise<TwoFactorStep | undefined>> = {
  begin: async (password) => {
    const { backupCodes, ...secret } = await beginTwoFactor(password);
    return { name: 'app', secret, codes: backupCodes };
  },
  another_app: async (password) => ({ name: 'secret', secret: await showAppSecret(password) }),
  new_codes: async (password) => {
    const { backupCodes } = await makeRecoveryCodes(password);
    return { name: 'codes', codes: backupCodes };
  },
  end: async (password) => {
    await endTwoFactor(password);
    toast(<Trans>Two-factor sign-in is off.</Trans>);
    return undefined;
  },
};

export function FirstStep({ aim, onDone, onClose }: FirstStepProps) {
  const { t } = useLingui();
  const actions: Record<TwoFactorAim, string> = {
    begin: t`Go on`,
    another_app: t`Show the secret`,
    new_codes: t`Make new codes`,
    end: t`Turn off`,
  };
  return (
    <PasswordStep
      action={actions[aim]}
      {...(aim === 'end' && { color: 'red.9' })}
      ask={acts[aim]}
      onDone={onDone}
      onClose={onClose}
    >
      <Why aim={aim} />
    </PasswordStep>
  );
}

function Why({ aim }: { aim: TwoFactorAim }) {
  switch (aim) {
    case 'begin':
      return <Trans>You need an authenticator app. First, show that it is you.</Trans>;
    case 'another_app':
      return <Trans>The same secret for one more app. Your codes stay as they are.</Trans>;
    case 'new_codes':
      return <Trans>Those you have stop working.</Trans>;
    case 'end':
      return <Trans>Your password alone will sign you in. Your recovery codes stop working.</Trans>;
  }
}
