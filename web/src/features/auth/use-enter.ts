import { useRouter } from '@tanstack/react-router';
import { noteSignedIn } from './known-browser.ts';
import { nextPath } from './next-path.ts';

/** Goes in, as somebody whom the server has just signed in; the door is not in the history. */
export function useEnter() {
  const { history } = useRouter();
  return (userId: string, next?: string) => {
    noteSignedIn(userId);
    history.replace(nextPath(next, location.origin));
  };
}
