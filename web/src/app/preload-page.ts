import type { AnyRouter } from '@tanstack/react-router';

/** Begins to load the code of the page that is asked for: the router would wait until it is known who asks. */
export function preloadPage(router: AnyRouter): void {
  const { pathname, search } = router.latestLocation;
  for (const { routeId } of router.matchRoutes(pathname, search)) {
    const component: unknown = router.routesById[routeId]?.options.component;
    if (typeof component !== 'function' || !('preload' in component)) continue;
    // What fails is told by the router, which asks for it once more.
    void Promise.resolve((component.preload as () => unknown)()).catch(() => {});
  }
}
