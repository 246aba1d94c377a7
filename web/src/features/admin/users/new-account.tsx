import { Modal } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { useMe } from '#web/features/users/me.ts';
import { api } from '#web/lib/api.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { makeResetLink, refreshAccounts, type Account, type ResetLink } from './account.ts';
import { AccountFields, type AccountDraft } from './account-fields.tsx';
import { ResetLinkDialog } from './reset-link-dialog.tsx';

interface Made {
  account: Account;
  link: ResetLink;
}

/** Makes an account, with a password or with a link to set one. */
export function NewAccount({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const problems = useFieldErrors();
  const [draft, setDraft] = useState<AccountDraft>({
    name: '',
    email: '',
    role: 'member',
    timezone: me.timezone,
    wayIn: 'link',
    password: '',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const [made, setMade] = useState<Made>();
  const isWhole =
    draft.name.trim() !== '' &&
    draft.email.trim() !== '' &&
    (draft.wayIn === 'link' || draft.password !== '');

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    const { wayIn, password, name, email, role, timezone } = draft;
    try {
      const account = await api.post<Account>('/api/users', {
        name: name.trim(),
        email: email.trim(),
        role,
        timezone,
        locale: me.locale,
        ...(wayIn === 'password' && { password }),
      });
      void refreshAccounts();
      if (wayIn === 'link') {
        setMade({ account, link: await makeResetLink(account) });
        return;
      }
      toast(<Trans>{name} can sign in now</Trans>);
      onClose();
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      setSaving(false);
      if (Object.keys(found).length === 0) toastFailure(error);
    }
  }

  if (made) return <ResetLinkDialog account={made.account} link={made.link} onClose={onClose} />;
  return (
    <Modal closeButtonProps={{ 'aria-label': t`Close` }} opened onClose={onClose} title={t`New account`}>
      <form noValidate onSubmit={(event) => void onSubmit(event)}>
        <AccountFields
          draft={draft}
          errors={errors}
          onChange={(change) => {
            setDraft({ ...draft, ...change });
            setErrors({});
          }}
        />
        <FormButtons action={t`Create`} isBusy={isSaving} isDisabled={!isWhole} onCancel={onClose} />
      </form>
    </Modal>
  );
}
