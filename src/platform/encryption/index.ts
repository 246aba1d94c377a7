export { prepareSecretKeyChange } from './change-secret.ts';
export { createEncryption, type Encryption } from './encryption.ts';
export type { EncryptedColumn } from './column-queries.ts';
export { forgetLostKeys } from './forget.ts';
export { rotateKeys } from './rotation.ts';
export { keysStatus, type KeysStatus, type KeyStatus } from './status.ts';
