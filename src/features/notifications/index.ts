export { notify, notifyNew, type Channels, type NewNotification } from './notify.ts';
export { findNotification } from './service.ts';
export { readAbout } from './service.ts';
