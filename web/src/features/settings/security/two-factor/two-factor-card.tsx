import { Badge, Button, Group, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import { SettingsCard } from '../../settings-card.tsx';
import { refreshSignInMethods, type SignInMethods } from '../sign-in-methods.ts';
import type { TwoFactorAim } from './step.ts';

const TwoFactorDialog = lazy(async () => ({
  default: (await import('./two-factor-dialog.tsx')).TwoFactorDialog,
}));

/** Fewer than these are worth a warning. */
const FEW_CODES = 3;

export function TwoFactorCard({ methods }: { methods: SignInMethods }) {
  const { t } = useLingui();
  const [aim, setAim] = useState<TwoFactorAim | null>(null);
  const { two_factor: isOn, password: hasPassword, recovery_codes_left: left } = methods;
  return (
    <SettingsCard
      title={t`Two-factor sign-in`}
      lead={
        <Trans>
          After your password, a code of an app on your phone is asked for: a password alone is not enough.
        </Trans>
      }
    >
      {!hasPassword && (
        <Text size="sm">
          <Trans>It goes with a password: set one first.</Trans>
        </Text>
      )}
      {hasPassword && (
        <>
          <Group justify="space-between">
            <Badge variant="light" color={isOn ? 'teal' : 'gray'} c="var(--mantine-color-text)" role="status">
              {isOn ? <Trans>On</Trans> : <Trans>Off</Trans>}
            </Badge>
            {/* One button for both, so that the focus comes back to it. */}
            <Button {...(isOn && { variant: 'default' })} onClick={() => setAim(isOn ? 'end' : 'begin')}>
              {isOn ? <Trans>Turn off</Trans> : <Trans>Turn on</Trans>}
            </Button>
          </Group>
          {isOn && (
            <>
              <Text size="sm" {...(left < FEW_CODES && { fw: 600 })}>
                <Plural
                  value={left}
                  _0="No recovery codes are left."
                  one="# recovery code is left."
                  other="# recovery codes are left."
                />
              </Text>
              <Group gap="xs">
                <Button variant="default" size="xs" onClick={() => setAim('new_codes')}>
                  <Trans>New recovery codes</Trans>
                </Button>
                <Button variant="default" size="xs" onClick={() => setAim('another_app')}>
                  <Trans>Set up another app</Trans>
                </Button>
              </Group>
            </>
          )}
        </>
      )}
      {aim && (
        <Suspense fallback={null}>
          <TwoFactorDialog
            aim={aim}
            onChanged={() => void refreshSignInMethods()}
            onClose={() => setAim(null)}
          />
        </Suspense>
      )}
    </SettingsCard>
  );
}
