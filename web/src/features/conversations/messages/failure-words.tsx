import { Anchor, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChatActions } from './chat-actions.tsx';
import { failureReason } from './failure-reason.ts';

/** Why a reply failed, and what can be done about it. */
export function FailureWords({ error }: { error: string | null }) {
  const { assistantId } = useChatActions();
  const found = failureReason(error);
  const limits = (
    <ToPage to={assistantId === undefined ? '/assistants' : `/assistants/${assistantId}`}>
      <Trans>Limits of the assistant</Trans>
    </ToPage>
  );
  switch (found.reason) {
    case 'tokens':
      return (
        <Words advice={limits}>
          <Trans>
            It stopped: for one message it may use {found.limit} tokens. Ask for less at once, or let it use
            more.
          </Trans>
        </Words>
      );
    case 'cost':
      return (
        <Words advice={limits}>
          <Trans>
            It stopped: one message may cost {found.limit}, and that is used up. Ask for less at once, or let
            it cost more.
          </Trans>
        </Words>
      );
    case 'time':
      return (
        <Words advice={limits}>
          <Trans>
            It took longer than the {found.limit} seconds it may take. Try again, ask for less at once, or
            give it more time.
          </Trans>
        </Words>
      );
    case 'day_budget':
    case 'budget_rest':
      return (
        <Words
          advice={
            <ToPage to="/usage">
              <Trans>What was used</Trans>
            </ToPage>
          }
        >
          {found.reason === 'day_budget' ? (
            <Trans>
              It stopped: your {found.limit} for today are used up. It goes on tomorrow; an admin can allow
              you more.
            </Trans>
          ) : (
            <Trans>It stopped: what is left of the budget is not enough for an answer.</Trans>
          )}
        </Words>
      );
    case 'other':
      return <Text size="sm">{error ?? <Trans>The reply failed.</Trans>}</Text>;
  }
}

function Words({ children, advice }: { children: ReactNode; advice: ReactNode }) {
  return (
    <Text size="sm">
      {children} {advice}
    </Text>
  );
}

function ToPage({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} inherit underline="always" c="inherit">
      {children}
    </Anchor>
  );
}
