import type { updateMe } from '#features/users/contract.ts';
import type { Wire } from '#web/lib/wire.ts';
import type { Me, Preferences } from './me.ts';

export type MeChange = Wire<typeof updateMe>;

/** What preferences that were never chosen mean. */
const unchosen: Required<Preferences> = {
  color_scheme: 'auto',
  shortcuts: true,
  hour_cycle: 'auto',
  checklist_hidden: false,
  browser_notifications: true,
  spoken_reminders: null,
};

/** The account as it is after the change. */
export function withChange(me: Me, { preferences, ...fields }: MeChange): Me {
  return { ...me, ...(fields as Partial<Me>), preferences: { ...me.preferences, ...preferences } };
}

/** The change that puts back what `change` would make of `me`. */
export function changeBack(me: Me, change: MeChange): MeChange {
  const { preferences, ...fields } = change;
  const back = Object.fromEntries(Object.keys(fields).map((key) => [key, me[key as keyof Me]]));
  if (preferences === undefined) return back;
  const before = { ...unchosen, ...me.preferences };
  const names = Object.keys(preferences) as (keyof Preferences)[];
  return { ...back, preferences: Object.fromEntries(names.map((name) => [name, before[name]])) };
}
