declare global {
  // Read by `get-nonce`, for the <style> that keeps the page from scrolling under a dialog.
  var __webpack_nonce__: string | undefined;
}

/** What this page's content security policy lets <style> elements carry; Vite puts the meta element in. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

globalThis.__webpack_nonce__ = styleNonce;
