import { Stack } from '@mantine/core';
import { InvitationList } from './invitation-list.tsx';
import { Registration } from './registration.tsx';

/** Who may make an account, and who was invited to. */
export function InvitationsSection() {
  return (
    <Stack gap="xl">
      <Registration />
      <InvitationList />
    </Stack>
  );
}
