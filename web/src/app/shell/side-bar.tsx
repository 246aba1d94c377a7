import { ActionIcon, Box, Button, Group, NavLink, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import Plus from 'lucide-react/icons/plus';
import Search from 'lucide-react/icons/search';
import type { Me } from '#web/features/users/me.ts';
import { openDialog } from '#web/lib/dialogs.ts';
import classes from './side-bar.module.css';
import { AccountMenu } from './account-menu.tsx';
import { destinations } from './destinations.ts';
import { isWithin } from './is-within.ts';

export function SideBar({ me }: { me: Me }) {
  const { i18n, t } = useLingui();
  const { pathname } = useLocation();
  return (
    <Stack h="100%" gap="xs">
      <Group px="xs" py={4} gap="xs">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <Text fw={700}>Famulus</Text>
      </Group>
      <Group gap={4} wrap="nowrap" px={4}>
        <Button
          flex={1}
          variant="light"
          px="xs"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => openDialog({ name: 'capture' })}
        >
          <Trans context="in the side bar">New reminder</Trans>
        </Button>
        <ActionIcon
          size={36}
          variant="default"
          aria-label={t`Go to, do, ask`}
          onClick={() => openDialog({ name: 'palette' })}
        >
          <Search size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <div className={classes['pages']}>
        {destinations
          .filter(({ adminOnly }) => !adminOnly || me.role === 'admin')
          .map(({ to, label, icon: Icon, badge: Badge }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={i18n._(label)}
              leftSection={<Icon size={18} aria-hidden />}
              rightSection={Badge && <Badge />}
              active={isWithin(pathname, to)}
              aria-current={isWithin(pathname, to) ? 'page' : undefined}
            />
          ))}
      </div>
      <Box>
        <AccountMenu me={me} />
      </Box>
    </Stack>
  );
}
