import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { PasswordField } from '#web/features/auth/password-field.tsx';
import { TimeZoneSelect } from '#web/ui/time/time-zone-select.tsx';
import type { Account } from './account.ts';

export interface AccountDraft {
  name: string;
  email: string;
  role: Account['role'];
  timezone: string;
  wayIn: 'link' | 'password';
  password: string;
}

interface AccountFieldsProps {
  draft: AccountDraft;
  errors: Record<string, string>;
  onChange: (change: Partial<AccountDraft>) => void;
}

export function AccountFields({ draft, errors, onChange }: AccountFieldsProps) {
  const { t } = useLingui();
  return (
    <Stack gap="md">
      <TextInput
        label={t`Name`}
        autoComplete="off"
        maxLength={200}
        error={errors['name']}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t`E-mail`}
        autoComplete="off"
        maxLength={254}
        error={errors['email']}
        value={draft.email}
        onChange={({ currentTarget }) => onChange({ email: currentTarget.value })}
      />
      <NativeSelect
        label={t`Role`}
        value={draft.role}
        data={[
          { value: 'member', label: t`Member` },
          { value: 'admin', label: t`Admin` },
        ]}
        onChange={({ currentTarget }) => onChange({ role: currentTarget.value as Account['role'] })}
      />
      <TimeZoneSelect
        value={draft.timezone}
        onChange={(timezone) => onChange({ timezone })}
        error={errors['timezone']}
      />
      <Radio.Group label={t`How they get in`} value={draft.wayIn} onChange={(wayIn) => onChange({ wayIn })}>
        <Stack gap="xs" mt={4}>
          <Radio value="link" label={t`I give them a link, they set a password`} />
          <Radio value="password" label={t`I set a password and tell them`} />
        </Stack>
      </Radio.Group>
      {draft.wayIn === 'password' && (
        <PasswordField
          label={t`Password`}
          description={t`At least 8 characters; a few odd words do well.`}
          autoComplete="new-password"
          error={errors['password']}
          value={draft.password}
          onChange={({ currentTarget }) => onChange({ password: currentTarget.value })}
        />
      )}
    </Stack>
  );
}
