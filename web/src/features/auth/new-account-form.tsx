import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { useState, type SyntheticEvent } from 'react';
import { Problem } from '#web/lib/problem.ts';
import { accountLocale } from './account-locale.ts';
import { doorClient } from './door-client.ts';
import { joinAccount, type Joining } from './join-account.ts';
import { PasswordField } from './password-field.tsx';
import { Refusal } from './refusal.tsx';
import { TimeZoneLine } from './time-zone-line.tsx';
import { useEnter } from './use-enter.ts';
import { useFieldErrors } from './use-field-errors.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

type WayIn = 'password' | 'passkey';

interface NewAccountFormProps {
  joining: Joining;
  /** Whom alone the account is for. */
  email?: string | undefined;
}

/** Who somebody is and with what they will come in: as little as an account needs. */
export function NewAccountForm({ joining, email }: NewAccountFormProps) {
  const { i18n, t } = useLingui();
  const enter = useEnter();
  const problems = useFieldErrors();
  const first = useFirstFocus();
  const [timezone, setTimezone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: email ?? '', password: '' },
  });

  function show(errors: Record<string, string>): void {
    form.setErrors(errors);
    const wrong = Object.keys(errors)[0];
    if (wrong !== undefined) form.getInputNode(wrong as 'name')?.focus();
  }

  const join = useMutation(
    {
      mutationFn: async (wayIn: WayIn) => {
        const { password, ...person } = form.getValues();
        const locale = accountLocale(i18n.locale, navigator.languages);
        const account = { ...person, timezone, locale };
        return await joinAccount(joining, account, wayIn === 'password' ? password : undefined);
      },
      onSuccess: (userId) => enter(userId, '/?welcome=true'),
      onError: (error) => {
        if (error instanceof Problem && error.code === 'users.email_taken')
          show({ email: t`There is an account with this address. Sign in with it.` });
        else show(problems(error));
      },
    },
    doorClient,
  );
  const secondsLeft = useSecondsLeft(join.error, join.submittedAt);

  function submit(wayIn: WayIn): void {
    if (join.isPending || secondsLeft > 0) return;
    const values = form.getValues();
    const missing = (['name', 'email', 'password'] as const).filter(
      (field) => values[field].trim() === '' && !(field === 'password' && wayIn === 'passkey'),
    );
    show(Object.fromEntries(missing.map((field) => [field, t`Fill this in.`])));
    if (missing.length === 0) join.mutate(wayIn);
  }

  const isTaken = join.error instanceof Problem && join.error.code === 'users.email_taken';
  return (
    <form
      noValidate
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        submit('password');
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t`Your name`}
          description={t`What Famulus calls you.`}
          autoComplete="name"
          required
          withAsterisk={false}
          ref={first}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={email !== undefined}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t`Password`}
          description={t`At least 8 characters; a few odd words do well.`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <TimeZoneLine value={timezone} onChange={setTimezone} />
        <Refusal error={isTaken ? null : join.error} secondsLeft={secondsLeft} />
        <Button
          type="submit"
          fullWidth
          loading={join.isPending && join.variables === 'password'}
          disabled={secondsLeft > 0}
        >
          <Trans>Create my account</Trans>
        </Button>
        {joining.passkeyPath !== undefined && (
          <Button
            fullWidth
            variant="default"
            leftSection={<KeyRound size={16} aria-hidden />}
            loading={join.isPending && join.variables === 'passkey'}
            disabled={secondsLeft > 0}
            onClick={() => submit('passkey')}
          >
            <Trans>Use a passkey instead</Trans>
          </Button>
        )}
      </Stack>
    </form>
  );
}
