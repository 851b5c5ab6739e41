/** A colour as red, green and blue, 0 to 255 each. */
type Rgb = readonly [number, number, number];

/** What text needs against its background (WCAG 2.2, 1.4.3). */
const TEXT_CONTRAST = 4.5;
const STEPS = 20;

function toRgb(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
  const [red, green, blue] = toRgb(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** `#1f5b55` or `#abc` in six digits; null for anything else. */
export function readColour(text: string | null | undefined): string | null {
  const hex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text ?? '')?.[0].toLowerCase();
  if (hex === undefined) return null;
  return hex.length === 7 ? hex : `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}`;
}

/** The contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever reads better on a colour; one of the two always reaches 4.5. */
export function inkOn(colour: string): string {
  return contrast(colour, '#ffffff') >= TEXT_CONTRAST ? '#ffffff' : '#000000';
}

/** The colour nearest to the wished one that can be read on a background: mixed with black or white until it can. */
export function readableOn(background: string, colour: string): string {
  const towards = toRgb(luminance(background) > 0.18 ? '#000000' : '#ffffff');
  const from = toRgb(colour);
  for (let step = 0; step < STEPS; step++) {
    const mixed = toHex(from.map((part, at) => part + ((towards[at]! - part) * step) / STEPS) as unknown as Rgb);
    if (contrast(mixed, background) >= TEXT_CONTRAST) return mixed;
  }
  return toHex(towards);
}
