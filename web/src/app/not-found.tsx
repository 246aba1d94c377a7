import { Anchor, Center, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useTitle } from '#web/ui/page.tsx';

export function NotFound() {
  const { t } = useLingui();
  useTitle(t`Not found`);
  return (
    <Center component="main" mih="60dvh" id="main">
      <Stack align="center" gap="xs">
        <Title order={1} size="h2">
          <Trans>There is nothing here</Trans>
        </Title>
        <Text c="dimmed" ta="center" px="md">
          <Trans>The page may have moved, or its thing was deleted.</Trans>
        </Text>
        <Anchor component={Link} to="/">
          <Trans>Go to Today</Trans>
        </Anchor>
      </Stack>
    </Center>
  );
}
