export { notify, notifyNew, type Channels, type NewNotification } from './notify.ts';
