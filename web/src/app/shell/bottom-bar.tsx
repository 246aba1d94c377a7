import { Menu, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LogOut from 'lucide-react/icons/log-out';
import type { Me } from '#web/features/users/me.ts';
import { signOut } from '#web/features/auth/sign-out.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { destinations } from './destinations.ts';
import { isWithin } from './is-within.ts';
import classes from './bottom-bar.module.css';

/** The way around on a phone. */
export function BottomBar({ me }: { me: Me }) {
  const { i18n, t } = useLingui();
  const { pathname } = useLocation();
  const others = destinations.filter(
    ({ isPrimary, adminOnly }) => !isPrimary && (!adminOnly || me.role === 'admin'),
  );
  return (
    <nav className={classes['bar']} aria-label={t`Main pages`}>
      {destinations
        .filter(({ isPrimary }) => isPrimary)
        .map(({ to, label, icon: Icon, badge: Badge }) => (
          <Link
            key={to}
            to={to}
            className={classes['item'] ?? ''}
            aria-current={isWithin(pathname, to) ? 'page' : undefined}
          >
            <Icon size={20} aria-hidden />
            <span>{i18n._(label)}</span>
            {Badge && (
              <div className={classes['badge']}>
                <Badge />
              </div>
            )}
          </Link>
        ))}
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes['item'] ?? ''}>
            <Ellipsis size={20} aria-hidden />
            <span>
              <Trans>More</Trans>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(({ to, label, icon: Icon }) => (
            <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={18} aria-hidden />}>
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
    </nav>
  );
}
