import { useMe } from '#web/features/users/me.ts';

/** Tells password managers whose password a form is about. */
export function AccountName() {
  const { email } = useMe();
  return <input hidden type="text" name="username" autoComplete="username" readOnly value={email ?? ''} />;
}
