import { Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Health } from './models-query.ts';

/** How a provider is; undefined for one that is not set up. */
export function HealthBadge({ health }: { health: Health | undefined }) {
  if (!health) {
    return (
      <Badge variant="default" leftSection={<CircleDashed size={12} aria-hidden />}>
        <Trans context="of a provider">Not set up</Trans>
      </Badge>
    );
  }
  if (health.state === 'ok') {
    return (
      <Badge variant="default" leftSection={<CircleCheck size={12} aria-hidden />}>
        <Trans context="of a provider">Ready</Trans>
      </Badge>
    );
  }
  return (
    <Badge variant="default" leftSection={<TriangleAlert size={12} aria-hidden />}>
      {health.state === 'down' ? (
        <Trans context="of a provider">Does not answer</Trans>
      ) : (
        <Trans context="of a provider">In trouble</Trans>
      )}
    </Badge>
  );
}
