/** Reads the partner's logo: an https address, or a small image written into the profile as a `data:` address. */
import { readUrl } from './parse/values.js';

export type ReadLogo =
  | { readonly ok: true; readonly logo: string }
  /** The error, as the end of a sentence about the field. */
  | { readonly ok: false; readonly message: string };

/** Largest image in a `data:` address, because every page that shows the image contains it. */
const MAX_LOGO_KB = 24;
const KB = 1024;
const FORM = /^data:(image\/(?:png|jpeg|gif|webp|svg\+xml));base64,([A-Za-z0-9+/]+={0,2})$/;

/** The first base64 characters of each image type; SVG is text and may begin in many ways. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgo',
  'image/jpeg': '/9j/',
  'image/gif': 'R0lGOD',
  'image/webp': 'UklGR',
};

/** The checked logo, or the error and its remedy. */
export function readLogo(raw: string): ReadLogo {
  const text = raw.trim();
  if (/^data:/i.test(text)) return readData(text);
  const read = /^https:\/\//i.test(text) ? readUrl(text) : undefined;
  if (read?.ok) return { ok: true, logo: read.value };
  const remedy = 'write an https address of an image, or a data: address of a PNG, JPEG, GIF, WebP or SVG';
  return { ok: false, message: `is not the address of a logo; ${remedy}` };
}

function readData(text: string): ReadLogo {
  const [, type = '', data = ''] = FORM.exec(text) ?? [];
  if (data === '')
    return {
      ok: false,
      message: 'is not a data: address of an image; write data:image/png;base64, and the image in base64',
    };
  const size = sizeOf(data);
  if (size > MAX_LOGO_KB * KB)
    return {
      ok: false,
      message: `is an image of ${Math.ceil(size / KB)} KB; at most ${MAX_LOGO_KB} KB fit into the profile, so make it smaller or give an https address`,
    };
  if (!data.startsWith(BEGINNINGS[type] ?? ''))
    return { ok: false, message: `says ${type}, but the image in it is of another type` };
  return { ok: true, logo: text };
}

/** The logo in a line: an address unchanged, an image by its type and size. */
export function logoLabel(logo: string): string {
  const [, type, data = ''] = FORM.exec(logo) ?? [];
  return type === undefined ? logo : `${type}, ${Math.ceil(sizeOf(data) / KB)} KB`;
}

/** The origin from which a page must be allowed to load the logo; undefined for an image in the profile itself. */
export function logoOrigin(logo: string): string | undefined {
  return logo.startsWith('data:') ? undefined : new URL(logo).origin;
}

const sizeOf = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
