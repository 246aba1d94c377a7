import { useQuery } from '@tanstack/react-query';
import { useMe } from '#web/features/users/me.ts';
import { useBrowserPermission } from '#web/features/notifications/browser-permission.ts';
import { ChecklistSteps } from './checklist-steps.tsx';
import { checklistQuery } from './checklist-query.ts';
import { stepsOf } from './steps.ts';

/** The first steps, until they are done or hidden. */
export function ChecklistCard() {
  const { role, preferences } = useMe();
  const { data } = useQuery({ ...checklistQuery, enabled: preferences.checklist_hidden !== true });
  const permission = useBrowserPermission();
  // It comes without a skeleton: nothing is below it.
  if (!data || preferences.checklist_hidden === true) return null;

  const steps = stepsOf(data.items, {
    isAdmin: role === 'admin',
    isNotified: permission === 'granted' && preferences.browser_notifications !== false,
  });
  if (!steps.some(({ status }) => status === 'open')) return null;
  return <ChecklistSteps steps={steps} />;
}
