import { renderSVG } from 'uqr';

/** A QR code as SVG that needs no script and no other file, with the quiet zone of four modules that it is to have. */
export function qrSvg(text: string): string {
  return renderSVG(text, { border: 4, pixelSize: 4 });
}
