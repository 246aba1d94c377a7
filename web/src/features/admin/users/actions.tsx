import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { changeAccount, type Account, type AccountChange } from './account.ts';

async function changed(account: Account, change: AccountChange, message: ReactNode): Promise<void> {
  try {
    await changeAccount(account, change);
  } catch (error) {
    toastFailure(error);
    return;
  }
  const { role, is_active } = account;
  const undo = async () => await changeAccount({ ...account, ...change }, { role, is_active });
  toastUndo({ message, undo });
}

export async function toggleRole(account: Account): Promise<void> {
  const { name, role } = account;
  await changed(
    account,
    { role: role === 'admin' ? 'member' : 'admin' },
    role === 'admin' ? <Trans>{name} is no admin any more</Trans> : <Trans>{name} is an admin now</Trans>,
  );
}

export async function toggleActive(account: Account): Promise<void> {
  const { name, is_active } = account;
  await changed(
    account,
    { is_active: !is_active },
    is_active ? <Trans>{name} can’t sign in any more</Trans> : <Trans>{name} can sign in again</Trans>,
  );
}
