import { Anchor, List, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { SectionBody } from '../section-body.tsx';
import { signInMethodsQuery } from '../security/sign-in-methods.ts';
import { SettingsCard } from '../settings-card.tsx';
import { DeleteAccountForm } from './delete-account-form.tsx';

export function DangerSection() {
  const { t } = useLingui();
  const { data: methods, error, refetch } = useQuery(signInMethodsQuery);
  return (
    <SectionBody title={t`Danger zone`}>
      <SettingsCard
        title={t`Delete my account`}
        lead={<Trans>There is no way back, and nobody can restore it for you.</Trans>}
      >
        <div>
          <Text size="sm" mb={4}>
            <Trans>This is lost at once:</Trans>
          </Text>
          <List size="sm">
            <List.Item>
              <Trans>all reminders: none of them comes any more</Trans>
            </List.Item>
            <List.Item>
              <Trans>all conversations and all that Famulus remembers of you</Trans>
            </List.Item>
            <List.Item>
              <Trans>your assistants, tools, notifications and activity</Trans>
            </List.Item>
            <List.Item>
              <Trans>every session, passkey and API token</Trans>
            </List.Item>
          </List>
        </div>
        <Text size="sm">
          <Trans>
            You may want to{' '}
            <Anchor component={Link} to="/settings/data" underline="always">
              download your data
            </Anchor>{' '}
            first.
          </Trans>
        </Text>
        {methods && <DeleteAccountForm hasPassword={methods.password} />}
        {!methods && !error && <ListSkeleton rows={2} height={60} />}
        {!methods && error && <Failure error={error} retry={() => void refetch()} />}
      </SettingsCard>
    </SectionBody>
  );
}
