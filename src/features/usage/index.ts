export { lockAllowance, recordUse, reserve, settle, type ModelUse } from './ledger.ts';
