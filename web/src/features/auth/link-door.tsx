import type { ReactNode } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { AuthLayout } from './auth-layout.tsx';
import { DoorSkeleton } from './door-skeleton.tsx';
import type { LinkCheck, LinkTrouble } from './use-link-check.ts';

interface LinkDoorProps<T> {
  check: LinkCheck<T>;
  title: string;
  /** Said while the link is good. */
  lead: ReactNode;
  /** What to do about a link that opens nothing. */
  trouble: (trouble: LinkTrouble) => { title: string; text: ReactNode };
  footer?: ReactNode;
  fields: number;
  children: (open: NonNullable<LinkCheck<T>['open']>) => ReactNode;
}

/** A door that a one-time link opens. */
export function LinkDoor<T>({ check, title, lead, trouble, footer, fields, children }: LinkDoorProps<T>) {
  if (check.trouble) {
    const { title: what, text } = trouble(check.trouble);
    return (
      <AuthLayout title={what} footer={footer}>
        {text}
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={title} lead={check.open && lead} footer={footer}>
      {check.open && children(check.open)}
      {!check.open && !check.error && <DoorSkeleton fields={fields} />}
      {check.error && <Failure error={check.error} retry={check.retry} />}
    </AuthLayout>
  );
}
