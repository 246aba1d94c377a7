import { Box, Center, Image, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { StepLead } from '../../step-lead.tsx';
import { SecretText } from '../../secret-text.tsx';
import type { AppSecret } from './two-factor-api.ts';
import { inFours, secretOf } from './secret-of.ts';

/** For an authenticator app: to point its camera at, or to type. */
export function AppSecretView({ secret }: { secret: AppSecret }) {
  const { t } = useLingui();
  const text = secretOf(secret.totpURI);
  return (
    <Stack gap="md">
      <StepLead>
        <Trans>Scan this with an authenticator app, or give it the text below.</Trans>
      </StepLead>
      <Center>
        <Box bg="white" p="xs" bdrs="md">
          <Image
            src={`data:image/svg+xml,${encodeURIComponent(secret.qr_svg)}`}
            alt={t`QR code with the secret that stands below as text`}
            w={200}
            h={200}
          />
        </Box>
      </Center>
      <SecretText text={text}>{inFours(text)}</SecretText>
    </Stack>
  );
}
