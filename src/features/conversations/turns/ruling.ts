import type { Approval, ApprovalReason } from '#features/approvals/index.ts';
import type { CallTraits } from '#features/tools/index.ts';
import type { PendingCall, UndoneReason } from '../parts.ts';
import type { TurnTool } from './turn-tool.ts';

/** What becomes of a call that a model asks for. */
export type Ruling =
  /** With the approval it uses up, if it needs one. */
  | { type: 'run'; approval?: Approval }
  /** Said to the model. */
  | { type: 'refuse'; error: string; reason: UndoneReason }
  /** The user is asked, or was and has not answered yet. */
  | { type: 'ask'; reasons: ApprovalReason[] };

export interface Circumstances {
  tool: TurnTool;
  call: PendingCall;
  traits: CallTraits;
  /** Whether the turn has read what strangers wrote. */
  tainted: boolean;
  /** What the user was asked about this very call, oldest first. */
  approvals: Approval[];
}

function hasChanged({ config }: TurnTool): boolean {
  return (
    typeof config === 'object' && config !== null && !Array.isArray(config) && config['changed'] === true
  );
}

function reasonsToAsk({ tool, call, traits, tainted }: Circumstances): ApprovalReason[] {
  return [
    ...(tool.approval === 'ask' ? (['policy'] as const) : []),
    ...(hasChanged(tool) ? (['changed'] as const) : []),
    ...(tainted && traits.effect === 'outside' ? (['tainted'] as const) : []),
    ...(call.toolMetadata.began && traits.after_crash === 'ask' ? (['uncertain'] as const) : []),
  ];
}

/** JSON as PostgreSQL's jsonb gives it back: the order of keys is not kept. */
function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  if (entries.length !== Object.keys(other).length) return false;
  return entries.every(([key, value]) => key in other && sameJson(value, other[key as keyof typeof other]));
}

/** An approval is for one tool and exactly these arguments. */
function isFor({ request }: Approval, tool: TurnTool, call: PendingCall): boolean {
  return request.tool_id === tool.id && sameJson(request.arguments, call.input);
}

/** Whether a call is carried out, refused, or waits for the user. Pure. */
export function rule(circumstances: Circumstances): Ruling {
  const { tool, call, approvals } = circumstances;
  if (tool.approval === 'deny')
    return {
      type: 'refuse',
      error: `The user does not allow the tool "${tool.name}".`,
      reason: 'refused',
    };
  const last = approvals.at(-1);
  // Asked about, it is the user's to decide, even where nothing would ask any more.
  if (last?.status === 'rejected')
    return { type: 'refuse', error: 'The user did not allow this call.', reason: 'refused' };
  if (last?.status === 'expired')
    return {
      type: 'refuse',
      error: 'The user was asked, and did not decide in time. It was not done.',
      reason: 'late',
    };
  const reasons = reasonsToAsk(circumstances);
  if (reasons.length === 0) return { type: 'run' };
  if (last?.status === 'approved' && isFor(last, tool, call)) {
    const isUsed = last.used_at !== null;
    // A reason that came up since is a question of its own.
    const told = last.request.reasons;
    const isNew = (reason: ApprovalReason) => !told.includes(reason) && reason !== 'policy';
    if (!isUsed && !reasons.some(isNew)) return { type: 'run', approval: last };
    // It allowed the beginning; only whether to begin again is another question.
    if (call.toolMetadata.began && !reasons.includes('uncertain')) return { type: 'run' };
  }
  return { type: 'ask', reasons };
}
