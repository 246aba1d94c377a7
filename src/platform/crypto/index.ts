export { hashPassword, verifyPassword } from './password.ts';
export { constantTimeEqual, deriveSecret, hashToken, newApiToken, newOneTimeToken } from './secrets.ts';
