import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useReturnFocus } from '../../use-return-focus.ts';
import { FirstStep } from './first-step.tsx';
import { CodeStep } from './code-step.tsx';
import { RecoveryCodesStep } from './recovery-codes-step.tsx';
import { SecretStep } from './secret-step.tsx';
import type { TwoFactorAim, TwoFactorStep } from './step.ts';

interface TwoFactorDialogProps {
  aim: TwoFactorAim;
  /** After each thing done at the server. */
  onChanged: () => void;
  onClose: () => void;
}

/** One thing to do about two-factor sign-in: the password first, then what comes of it. */
export function TwoFactorDialog({ aim, onChanged, onClose }: TwoFactorDialogProps) {
  const { t } = useLingui();
  useReturnFocus();
  const [step, setStep] = useState<TwoFactorStep>({ name: 'password' });
  const titles: Record<TwoFactorAim, string> = {
    begin: t`Turn on two-factor sign-in`,
    another_app: t`Another authenticator app`,
    new_codes: t`New recovery codes`,
    end: t`Turn off two-factor sign-in`,
  };
  // Codes that are shown once don't go away by a slip.
  const isKept = step.name === 'codes';
  return (
    <Modal
      opened
      onClose={onClose}
      title={step.name === 'codes' ? t`Your recovery codes` : titles[aim]}
      closeOnEscape={!isKept}
      closeOnClickOutside={step.name === 'password'}
      withCloseButton={!isKept}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {step.name === 'password' && (
        <FirstStep
          aim={aim}
          onDone={(next) => {
            if (aim === 'new_codes' || aim === 'end') onChanged();
            if (next) setStep(next);
            else onClose();
          }}
          onClose={onClose}
        />
      )}
      {step.name === 'app' && (
        <CodeStep
          secret={step.secret}
          onDone={() => {
            onChanged();
            setStep({ name: 'codes', codes: step.codes });
          }}
          onClose={onClose}
        />
      )}
      {step.name === 'secret' && <SecretStep secret={step.secret} onClose={onClose} />}
      {step.name === 'codes' && <RecoveryCodesStep codes={step.codes} onClose={onClose} />}
    </Modal>
  );
}
