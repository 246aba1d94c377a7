import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

const webauthn = async () => await import('@simplewebauthn/browser');

/** Asks the browser to make a passkey. @throws what `isPasskeyCancelled` knows when its user does not want to */
export async function createPasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await webauthn();
  return await startRegistration({ optionsJSON });
}

/** Asks for a passkey of this site in the browser's dialog. It ends what `offerPasskeys` has begun. */
export async function askForPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await webauthn();
  return await startAuthentication({ optionsJSON });
}

/** Sooner than the server forgets its challenge. */
const RENEW_MS = 4 * 60_000;

/**
 * Has the browser offer passkeys among what it fills in, where it can, until one is chosen or `signal` fires: undefined
 * then. `options` are asked for again before they are too old.
 */
export async function offerPasskeys(
  options: () => Promise<PublicKeyCredentialRequestOptionsJSON>,
  signal: AbortSignal,
): Promise<AuthenticationResponseJSON | undefined> {
  const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } = await webauthn();
  if (!(await browserSupportsWebAuthnAutofill())) return undefined;
  while (!signal.aborted) {
    const optionsJSON = await options();
    if (signal.aborted) return undefined;
    const stop = () => WebAuthnAbortService.cancelCeremony();
    signal.addEventListener('abort', stop);
    const timer = setTimeout(stop, RENEW_MS);
    try {
      return await startAuthentication({ optionsJSON, useBrowserAutofill: true });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) return undefined;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }
  return undefined;
}

/** Whoever was asked has closed the dialog, let it time out, or something else was asked instead. */
export function isPasskeyCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}
