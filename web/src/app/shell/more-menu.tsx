import { Menu, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LogOut from 'lucide-react/icons/log-out';
import type { Me } from '#web/features/users/me.ts';
import { signOut } from '#web/features/auth/sign-out.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { destinations } from './destinations.ts';
import classes from './bottom-bar.module.css';

/** The pages that have no place on the bar of a phone. */
export function MoreMenu({ me }: { me: Me }) {
  const { i18n } = useLingui();
  const others = destinations.filter(
    ({ isPrimary, adminOnly }) => !isPrimary && (!adminOnly || me.role === 'admin'),
  );
  return (
    <Menu position="top-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes['item'] ?? ''}>
          <Ellipsis size={20} aria-hidden />
          <span>
            <Trans>More</Trans>
          </span>
          <div className={classes['badge']}>
            {others.map(({ to, badge: Badge }) => Badge && <Badge key={to} />)}
          </div>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ to, label, icon: Icon, badge: Badge }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            leftSection={<Icon size={18} aria-hidden />}
            rightSection={Badge && <Badge />}
          >
            {i18n._(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<LogOut size={18} aria-hidden />}
          onClick={() => void signOut().catch(toastFailure)}
        >
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
