import { useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import type { Me } from '#web/features/users/me.ts';
import { destinations } from './destinations.ts';
import { isWithin } from './is-within.ts';
import { MoreMenu } from './more-menu.tsx';
import classes from './bottom-bar.module.css';

/** The way around on a phone. */
export function BottomBar({ me }: { me: Me }) {
  const { i18n, t } = useLingui();
  const { pathname } = useLocation();
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
      <MoreMenu me={me} />
    </nav>
  );
}
