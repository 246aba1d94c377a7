import { useLingui } from '@lingui/react/macro';
import type { Approval } from './tool.ts';

/** Whether a call runs at once, is asked for first, or is refused. */
export function useApprovalNames(): Record<Approval, string> {
  const { t } = useLingui();
  return { auto: t`runs at once`, ask: t`asks you first`, deny: t`is refused` };
}
