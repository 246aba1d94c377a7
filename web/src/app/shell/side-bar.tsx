import { Box, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import type { Me } from '#web/features/users/me.ts';
import { AccountMenu } from './account-menu.tsx';
import { destinations } from './destinations.ts';
import { isWithin } from './is-within.ts';

export function SideBar({ me }: { me: Me }) {
  const { i18n } = useLingui();
  const { pathname } = useLocation();
  return (
    <Stack h="100%" gap="xs">
      <Group px="xs" py={4} gap="xs">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <Text fw={700}>Famulus</Text>
      </Group>
      <ScrollArea flex={1}>
        {destinations
          .filter(({ adminOnly }) => !adminOnly || me.role === 'admin')
          .map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={i18n._(label)}
              leftSection={<Icon size={18} aria-hidden />}
              active={isWithin(pathname, to)}
              aria-current={isWithin(pathname, to) ? 'page' : undefined}
            />
          ))}
      </ScrollArea>
      <Box>
        <AccountMenu me={me} />
      </Box>
    </Stack>
  );
}
