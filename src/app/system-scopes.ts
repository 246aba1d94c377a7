import type { RouteCall } from '#platform/http/run-route.ts';
import type { Logger } from '#platform/log/index.ts';

/** Says in the log who did what by a scope that reaches beyond one user. */
export function logSystemScope(log: Logger, { route, caller }: RouteCall): void {
  const scope = [route.scope, route.wider_scope].find((one) => one?.startsWith('system:'));
  if (!caller || typeof scope !== 'string' || !caller.scopes.includes(scope)) return;
  const { user_id, token_id, session_id } = caller;
  const what = `${route.method.toUpperCase()} ${route.path}`;
  log.info({ scope, route: what, user_id, token_id, session_id }, 'a system scope was used');
}
