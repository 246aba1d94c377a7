import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What the server's refusals mean to somebody at a door, by their code. */
export const refusalWords: Record<string, MessageDescriptor> = {
  'auth.bad_credentials': msg`The e-mail address or the password is wrong.`,
  'auth.invalid_code': msg`This code is wrong, or was used before.`,
  'auth.invalid_backup_code': msg`This code is wrong, or was used before.`,
  'auth.second_factor_expired': msg`That took too long, or too many codes were wrong. Sign in again.`,
  'auth.account_temporarily_locked': msg`Too many wrong codes. Wait a while, then try again.`,
  'auth.bad_passkey': msg`This passkey was not accepted. Try again, or use a password.`,
  'auth.registration_closed': msg`No accounts are made here at present. Ask the admin.`,
  'auth.bad_reset_token': msg`This link can’t be used any more. Ask the admin for another one.`,
  'auth.no_password': msg`This account has no password yet: set one first.`,
  'auth.last_passkey': msg`This is your only way to sign in. Set a password or add another passkey first.`,
  'auth.passkey_known': msg`This passkey is one of yours already.`,
  'auth.passkey_needs_name': msg`Passkeys need an address with a name: this one is a number.`,
  'users.last_admin': msg`You are the only admin. Make somebody else an admin first.`,
  'invitations.bad_code': msg`This invitation can’t be used any more. Ask for another one.`,
  'setup.done': msg`Famulus has been set up already.`,
  'setup.bad_token': msg`This is not the newest setup link.`,
};

/** What the server says about single fields, by its own words; other words are shown as they are. */
export const fieldWords: Record<string, MessageDescriptor> = {
  'is required': msg`Fill this in.`,
  'must not be empty': msg`Fill this in.`,
  'is taken': msg`This is taken already.`,
  'must be an e-mail address': msg`This is no e-mail address.`,
  'must have at least 8 characters': msg`Take at least 8 characters.`,
  'must have at most 256 characters': msg`Take at most 256 characters.`,
  'must not be the same few characters over and over': msg`Don’t repeat the same few characters.`,
  'must not be your name or e-mail address': msg`Don’t take your name or e-mail address.`,
  'is in the lists of passwords that have leaked; choose another': msg`This password has leaked somewhere and is easily guessed. Choose another.`,
  'is not the password of this account': msg`This is not your password.`,
  'must be another one': msg`This is the password you have. Take another one.`,
  'must be your e-mail address': msg`This is not your e-mail address.`,
  'must be your name': msg`This is not your name.`,
  'is not the address that was invited': msg`This is not the address that was invited.`,
};
