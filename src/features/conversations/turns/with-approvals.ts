import type { Approval } from '#features/approvals/index.ts';
import type { MessagePart } from '../contract.ts';
import { isToolPart } from '../parts.ts';
import { callPath } from './turn-run.ts';

/** The parts with each call that waits for the user saying for which approval; within sub-assistants' calls, too. */
export function withApprovals(
  parts: MessagePart[],
  open: Pick<Approval, 'id' | 'tool_call_id'>[],
  above: string[] = [],
): MessagePart[] {
  return parts.map((part) => {
    if (!isToolPart(part)) return part;
    const path = [...above, part.toolCallId];
    const nested = part.nested && { ...part.nested, parts: withApprovals(part.nested.parts, open, path) };
    const told = nested ? { ...part, nested } : part;
    const approval = open.find(({ tool_call_id }) => tool_call_id === callPath(path));
    if (!approval || (told.state !== 'input-available' && told.state !== 'approval-requested')) return told;
    return { ...told, state: 'approval-requested', approval: { id: approval.id } };
  });
}
