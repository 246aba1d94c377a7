import { AppError } from '#platform/errors/index.ts';

export function accountNotFound(): AppError {
  return new AppError({ code: 'users.not_found', kind: 'not_found', message: 'There is no such account' });
}
