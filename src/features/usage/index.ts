export { allowanceOf, recordUse, type ModelUse } from './ledger.ts';
