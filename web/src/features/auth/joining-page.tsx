/** What makes accounts, loaded together. */
export { InvitePage } from './invite-page.tsx';
export { SetupPage } from './setup-page.tsx';
export { SignUpPage } from './sign-up-page.tsx';
