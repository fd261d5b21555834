/** Colours as #rrggbb: contrast by the formula of WCAG 2.2, and a shade that can be read. */

const HEX = /^#[\da-f]{6}$/i;
/**
 * Text and controls in the colour stand on white, on the page's ground and on a light tint: 5.5 on white leaves 4.5 on
 * all three.
 */
const ON_EVERY_GROUND = 5.5;
/** The contrast that WCAG 2.2 requires for text at level AA. */
const LEVEL_AA = 4.5;
const WHITE = '#ffffff';
/** The lightest ground of the dark look. Text in the partner's colour stands on it too. */
const LIGHTEST_DARK_GROUND = '#2b3d4a';

/** Channels from 0 to 255. */
type Rgb = readonly [number, number, number];

/** A colour as #rrggbb in lower case; undefined when the text is not a colour. */
export function hexColour(text: string | undefined): string | undefined {
  return text !== undefined && HEX.test(text) ? text.toLowerCase() : undefined;
}

function rgbOf(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, 1 to 21. */
export function contrast(first: string, second: string): number {
  const [dark = 0, light = 0] = [luminance(rgbOf(first)), luminance(rgbOf(second))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The colour itself when it is readable on every ground of the chat and white text is readable on it, else a darker
 * shade.
 */
export function readableAccent(hex: string): string {
  return darkened(hex, ON_EVERY_GROUND);
}

/** The colour itself when it is readable on every ground of the dark look, else a lighter shade. */
export function readableOnDark(hex: string): string {
  return blended(hex, WHITE, (shade) => contrast(shade, LIGHTEST_DARK_GROUND) >= LEVEL_AA);
}

/** True when white text on the colour meets WCAG level AA. */
export function carriesWhiteText(hex: string): boolean {
  return contrast(hex, WHITE) >= LEVEL_AA;
}

/** The contrast of white text on the colour, as `3.2`; never rounded up to a limit that the colour misses. */
export function contrastWithWhite(hex: string): string {
  return (Math.floor(contrast(hex, WHITE) * 10) / 10).toFixed(1);
}

/** The colour, or the nearest darker shade on which white text is readable. */
export function shadeForWhiteText(hex: string): string {
  return darkened(hex, LEVEL_AA);
}

/**
 * The error for a colour on which white text is unreadable: its contrast, the required contrast, and the nearest good
 * shade.
 */
export function contrastProblem(hex: string): string {
  return `white text on ${hex} has a contrast of ${contrastWithWhite(hex)}:1, and WCAG AA asks for ${LEVEL_AA}:1; ${shadeForWhiteText(hex)} is a shade that is dark enough`;
}

function darkened(hex: string, wanted: number): string {
  return blended(hex, '#000000', (shade) => contrast(shade, WHITE) >= wanted);
}

/** The first blend of the colour with the other one that is good enough, in steps of a twentieth. */
function blended(hex: string, other: string, isGood: (shade: string) => boolean): string {
  const to = rgbOf(other);
  for (let share = 1; share > 0; share -= 0.05) {
    const mixed = rgbOf(hex).map((channel, at) => Math.round(channel * share + (to[at] ?? 0) * (1 - share)));
    const shade = `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
    if (isGood(shade)) return shade;
  }
  return other;
}
