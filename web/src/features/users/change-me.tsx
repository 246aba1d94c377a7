import { Trans } from '@lingui/react/macro';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { changeBack, withChange, type MeChange } from './me-change.ts';
import { meQuery, type Me } from './me.ts';

const waiting = new Set<MeChange>();
let last: Promise<unknown> = Promise.resolve();

function show(update: (me: Me) => Me): void {
  queryClient.setQueryData(meQuery.queryKey, (me) => me && update(me));
}

/** Changes the account, at once on the page. Changes reach the server one after the other, in their order. */
async function changeMe(change: MeChange): Promise<void> {
  const before = queryClient.getQueryData(meQuery.queryKey);
  waiting.add(change);
  show((me) => withChange(me, change));
  const sending = last.then(async () => await api.patch<Me>('/api/me', change));
  last = sending.catch(() => {});
  try {
    const me = await sending;
    waiting.delete(change);
    show(() => [...waiting].reduce(withChange, me));
  } catch (error) {
    waiting.delete(change);
    if (before) show((me) => withChange(me, changeBack(before, change)));
    throw error;
  }
}

/** Changes the account, says so and offers to undo it. @throws what the server refuses, so that a form can show it */
export async function saveMe(change: MeChange): Promise<void> {
  const before = queryClient.getQueryData(meQuery.queryKey);
  await changeMe(change);
  if (!before) return;
  toastUndo({
    message: <Trans>Saved</Trans>,
    undo: async () => await changeMe(changeBack(before, change)),
  });
}

/** For a switch: what is refused is said in a toast. */
export function switchMe(change: MeChange): void {
  void saveMe(change).catch(toastFailure);
}
