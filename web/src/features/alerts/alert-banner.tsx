import { Alert as Box, Anchor, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useMe } from '#web/features/users/me.ts';
import { useNow } from '#web/lib/now.ts';
import { clockTime, dayAndTime, dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { alertWords } from './alert-words.ts';
import { openAlertsQuery, type Alert } from './alerts-query.ts';
import { dismiss, useDismissedAlerts } from './dismissed.ts';

/** More stand in the administration and in the notifications. */
const SHOWN = 3;

/** What is wrong now so that a promise is not kept, above every page. */
export function AlertBanner() {
  const { data = [] } = useQuery(openAlertsQuery);
  const dismissed = useDismissedAlerts();
  const shown = data.filter(({ id, level }) => level === 'error' && !dismissed.has(id)).slice(0, SHOWN);
  return shown.map((alert) => <Banner key={alert.id} alert={alert} />);
}

function Banner({ alert: { id, code, message, raised_at, user_id } }: { alert: Alert }) {
  const { t, i18n } = useLingui();
  const isAdmin = useMe().role === 'admin';
  const words = alertWords[code];
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const isToday = dayOf(raised_at, settings) === dayOf(now, settings);
  const since = isToday ? clockTime(raised_at, settings) : dayAndTime(raised_at, settings, now);
  return (
    <Box
      color="red"
      mb="md"
      py="xs"
      role="alert"
      icon={<TriangleAlert size={18} aria-hidden />}
      title={words ? i18n._(words) : message}
      withCloseButton
      closeButtonLabel={t`Dismiss`}
      onClose={() => dismiss(id)}
    >
      <Text size="sm">
        <Trans>Since {since}</Trans>
        {isAdmin && user_id === null && (
          <>
            {' · '}
            <Anchor component={Link} to="/admin/health" size="sm" c="inherit" underline="always">
              <Trans>Health</Trans>
            </Anchor>
          </>
        )}
      </Text>
    </Box>
  );
}
