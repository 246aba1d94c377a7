import { Avatar, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import LogOut from 'lucide-react/icons/log-out';
import Settings from 'lucide-react/icons/settings';
import type { Me } from '#web/features/users/me.ts';
import { signOut } from '#web/features/auth/sign-out.ts';
import { toastFailure } from '#web/ui/toast.tsx';

export function AccountMenu({ me }: { me: Me }) {
  return (
    <Menu position="top-start" width="target">
      <Menu.Target>
        <UnstyledButton w="100%">
          <Group gap="xs" wrap="nowrap" p="xs">
            <Avatar size="sm" aria-hidden="true" />
            <VisuallyHidden>
              <Trans>Account of</Trans>
            </VisuallyHidden>
            <Text size="sm" truncate>
              {me.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/settings" leftSection={<Settings size={16} aria-hidden />}>
          <Trans>Settings</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={<LogOut size={16} aria-hidden />}
          onClick={() => void signOut().catch(toastFailure)}
        >
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
