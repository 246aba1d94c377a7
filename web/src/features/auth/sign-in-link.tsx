import { Anchor } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';

export function SignInLink() {
  return (
    <Trans>
      Have an account?{' '}
      <Anchor component={Link} to="/sign-in" underline="always">
        Sign in
      </Anchor>
    </Trans>
  );
}
