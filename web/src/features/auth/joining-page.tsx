import { Page } from '#web/ui/page.tsx';

export function SetupPage() {
  return <Page title="Set up Famulus">{null}</Page>;
}

export function InvitePage() {
  return <Page title="Join">{null}</Page>;
}

export function SignUpPage() {
  return <Page title="Sign up">{null}</Page>;
}
