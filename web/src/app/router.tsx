import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from '#web/features/users/me.ts';
import { startLive } from '#web/lib/live/index.ts';
import { isSignedOut } from '#web/lib/problem.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { NotFound } from './not-found.tsx';
import { PageFailure } from './page-failure.tsx';
import { PagePending } from './page-pending.tsx';

/** Paths stand in src/app/web-app/paths.ts too, for the server; a test holds them together. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Everything behind the sign-in; who it is is known below it. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.query({ ...meQuery, staleTime: 'static' });
      // Before the page fetches anything: what happens from now on is heard.
      startLive();
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      // oxlint-disable-next-line typescript/only-throw-error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
  component: lazyRouteComponent(async () => await import('./shell/shell.tsx'), 'Shell'),
  notFoundComponent: NotFound,
});

const signedInRoute = { getParentRoute: () => signedIn };
/** Doors have no page around them whose outline could be shown. */
const publicRoute = { getParentRoute: () => root, pendingComponent: () => null };

const today = createRoute({
  ...signedInRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { capture?: boolean; welcome?: boolean } => ({
    ...(Boolean(search['capture']) && { capture: true }),
    ...(Boolean(search['welcome']) && { welcome: true }),
  }),
  component: lazyRouteComponent(async () => await import('#web/features/today/today-page.tsx'), 'TodayPage'),
});

const chatPage = lazyRouteComponent(
  async () => await import('#web/features/conversations/chat-page.tsx'),
  'ChatPage',
);
const chat = createRoute({ ...signedInRoute, path: '/chat', component: chatPage });
const chatThread = createRoute({ ...signedInRoute, path: '/chat/$threadId', component: chatPage });

const reminders = createRoute({
  ...signedInRoute,
  path: '/reminders',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: string } =>
    typeof tab === 'string' ? { tab } : {},
  component: lazyRouteComponent(
    async () => await import('#web/features/reminders/reminders-page.tsx'),
    'RemindersPage',
  ),
});
const reminder = createRoute({
  ...signedInRoute,
  path: '/reminders/$reminderId',
  component: lazyRouteComponent(
    async () => await import('#web/features/reminders/reminder-page.tsx'),
    'ReminderPage',
  ),
});

const timeline = createRoute({
  ...signedInRoute,
  path: '/timeline',
  validateSearch: ({ day }: Record<string, unknown>): { day?: string } =>
    typeof day === 'string' ? { day } : {},
  component: lazyRouteComponent(
    async () => await import('#web/features/timeline/timeline-page.tsx'),
    'TimelinePage',
  ),
});

const memory = createRoute({
  ...signedInRoute,
  path: '/memory',
  component: lazyRouteComponent(
    async () => await import('#web/features/memory/memory-page.tsx'),
    'MemoryPage',
  ),
});
const assistants = createRoute({
  ...signedInRoute,
  path: '/assistants',
  component: lazyRouteComponent(
    async () => await import('#web/features/assistants/assistants-page.tsx'),
    'AssistantsPage',
  ),
});
const assistant = createRoute({
  ...signedInRoute,
  path: '/assistants/$assistantId',
  component: lazyRouteComponent(
    async () => await import('#web/features/assistants/assistant-page.tsx'),
    'AssistantPage',
  ),
});
const tools = createRoute({
  ...signedInRoute,
  path: '/tools',
  component: lazyRouteComponent(async () => await import('#web/features/tools/tools-page.tsx'), 'ToolsPage'),
});
const notifications = createRoute({
  ...signedInRoute,
  path: '/notifications',
  component: lazyRouteComponent(
    async () => await import('#web/features/notifications/notifications-page.tsx'),
    'NotificationsPage',
  ),
});
const activity = createRoute({
  ...signedInRoute,
  path: '/activity',
  component: lazyRouteComponent(
    async () => await import('#web/features/activity/activity-page.tsx'),
    'ActivityPage',
  ),
});

const approvals = createRoute({
  ...signedInRoute,
  path: '/approvals',
  validateSearch: ({ show }: Record<string, unknown>): { show?: 'decided' } =>
    show === 'decided' ? { show } : {},
  component: lazyRouteComponent(
    async () => await import('#web/features/approvals/approvals-page.tsx'),
    'ApprovalsPage',
  ),
});
const approval = createRoute({
  ...signedInRoute,
  path: '/approvals/$approvalId',
  component: lazyRouteComponent(
    async () => await import('#web/features/approvals/approval-page.tsx'),
    'ApprovalPage',
  ),
});
const usage = createRoute({
  ...signedInRoute,
  path: '/usage',
  validateSearch: ({ days }: Record<string, unknown>): { days?: 7 | 90 } =>
    days === 7 || days === 90 ? { days } : {},
  component: lazyRouteComponent(async () => await import('#web/features/usage/usage-page.tsx'), 'UsagePage'),
});

const settings = createRoute({
  ...signedInRoute,
  path: '/settings/{-$section}',
  component: lazyRouteComponent(
    async () => await import('#web/features/settings/settings-page.tsx'),
    'SettingsPage',
  ),
});
const admin = createRoute({
  ...signedInRoute,
  path: '/admin/{-$section}',
  component: lazyRouteComponent(async () => await import('#web/features/admin/admin-page.tsx'), 'AdminPage'),
});

const next = ({ next: to }: Record<string, unknown>): { next?: string } =>
  typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') ? { next: to } : {};
const signIn = createRoute({
  ...publicRoute,
  path: '/sign-in',
  validateSearch: next,
  component: lazyRouteComponent(
    async () => await import('#web/features/auth/sign-in-page.tsx'),
    'SignInPage',
  ),
});
const joining = async () => await import('#web/features/auth/joining-page.tsx');
const setup = createRoute({
  ...publicRoute,
  path: '/setup',
  component: lazyRouteComponent(joining, 'SetupPage'),
});
const invite = createRoute({
  ...publicRoute,
  path: '/invite',
  component: lazyRouteComponent(joining, 'InvitePage'),
});
const signUp = createRoute({
  ...publicRoute,
  path: '/sign-up',
  component: lazyRouteComponent(joining, 'SignUpPage'),
});
const reset = createRoute({
  ...publicRoute,
  path: '/reset',
  component: lazyRouteComponent(async () => await import('#web/features/auth/reset-page.tsx'), 'ResetPage'),
});

const routeTree = root.addChildren([
  signedIn.addChildren([
    today,
    chat,
    chatThread,
    reminders,
    reminder,
    timeline,
    memory,
    assistants,
    assistant,
    tools,
    notifications,
    activity,
    approvals,
    approval,
    usage,
    settings,
    admin,
  ]),
  signIn,
  setup,
  invite,
  signUp,
  reset,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  // Nothing is held back for the sake of a skeleton.
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
