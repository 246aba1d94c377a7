import type { checklist } from '#features/checklist/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

export type ServerStep = Wire<typeof checklist>['items'][number];

/** In this order; `later`: this version does not have it yet. */
export interface Step {
  id: StepId;
  status: 'done' | 'open' | 'later';
}

const ids = ['first_reminder', 'notifications', 'model_key', 'telegram', 'calendar', 'backup'] as const;
export type StepId = (typeof ids)[number];

/** Only an admin's: who is none never sees it. */
const adminOnly = new Set<StepId>(['model_key', 'backup']);

/** All steps: those the server knows, this browser's own, and those that come with a later version. */
export function stepsOf(
  known: readonly ServerStep[],
  { isAdmin, isNotified }: { isAdmin: boolean; isNotified: boolean },
): Step[] {
  return ids
    .filter((id) => isAdmin || !adminOnly.has(id))
    .map((id): Step => {
      if (id === 'notifications') return { id, status: isNotified ? 'done' : 'open' };
      return { id, status: known.find((step) => step.id === id)?.status ?? 'later' };
    });
}
