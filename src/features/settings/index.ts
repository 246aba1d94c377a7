export type { ProviderPart } from './provider-part.ts';
export { selectActiveAdmins as adminsWithAccess } from './queries.ts';
export { readSetting } from './service.ts';
export { tellAdmins } from './tell-admins.ts';
