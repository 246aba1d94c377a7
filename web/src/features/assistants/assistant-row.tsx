import { Anchor, Badge } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Row } from '#web/ui/rows.tsx';
import type { Assistant } from './assistant.ts';
import { TalkButton } from './talk-button.tsx';

export function AssistantRow({ assistant }: { assistant: Assistant }) {
  const { id, name, model, is_active } = assistant;
  return (
    <Row
      title={
        <Anchor component={Link} to={`/assistants/${id}`} c="inherit" fw={500}>
          {name}
        </Anchor>
      }
      facts={
        <>
          <AssistantBadges assistant={assistant} />
          <span>{model ?? <Trans>Default model</Trans>}</span>
        </>
      }
      actions={is_active && <TalkButton assistant={assistant} isSmall />}
    />
  );
}

/** What it is to the user. */
export function AssistantBadges({ assistant }: { assistant: Assistant }) {
  return (
    <>
      {assistant.is_secretary && (
        <Badge size="sm" variant="default">
          <Trans>Secretary</Trans>
        </Badge>
      )}
      {assistant.user_id === null && (
        <Badge size="sm" variant="default">
          <Trans>Shared</Trans>
        </Badge>
      )}
      {!assistant.is_active && (
        <Badge size="sm" variant="default">
          <Trans>Off</Trans>
        </Badge>
      )}
    </>
  );
}
