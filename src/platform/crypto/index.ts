export { hashPassword } from './password.ts';
export { constantTimeEqual, deriveSecret, hashToken, newApiToken } from './secrets.ts';
