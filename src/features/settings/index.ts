export { readSetting } from './service.ts';
export { tellAdmins } from './tell-admins.ts';
