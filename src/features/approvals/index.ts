export { approvalsOf, askApprovals, useApproval, voidApprovals } from './ask.ts';
export { decide, expireLate } from './decide.ts';
export type { Approval, ApprovalReason } from './contract.ts';
