/** Golden pictures: which cards they show, how to draw them, and how far a new picture may differ. */
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Language } from '../../core/terms.js';
import { galleryStates } from './card-gallery.js';
import { ChatWindow, type Look } from './chat-window.js';
import { ROOT } from './chromium.js';

export const GOLDEN_DIR = path.join(ROOT, 'test', 'golden', 'pictures');

/** The cards that people see most, by their names in the gallery. */
export const GOLDEN_STATES = [
  'start-customer',
  'welcome-partner',
  'offers-partner',
  'issues-customer',
  'channel-customer',
  'answer-partner',
  'answer-open-customer',
  'answer-not-open-customer',
  'not-helped-partner',
  'handover-visitor-taken-customer',
  'outage-open-partner',
  'upkeep-menu-partner',
] as const;

/** Each golden card as a customer's phone shows it, and as a wide dark screen shows it in the other language. */
const GOLDEN_LOOKS: readonly (readonly [Language, Look, number])[] = [
  ['en', 'light', 360],
  ['zh-Hant', 'dark', 1280],
];
/** One card is kept in forced colours too: the filled button and the edges of the blocks. */
const FORCED_STATE = 'answer-open-customer';

/** What the pictures depend on besides the product. */
export interface DrawnWith {
  /** The version of Chromium, without the build. */
  readonly chromium: string;
  /** The families of the fonts in the pictures. */
  readonly fonts: readonly string[];
}

export interface Drawn {
  /** File names and pictures. */
  readonly pictures: ReadonlyMap<string, Buffer>;
  readonly with: DrawnWith;
  /** Violations that axe found on the golden cards, with the picture's name. */
  readonly violations: readonly string[];
}

/** Draws every golden card, and asks axe about each in light, dark and forced colours. */
export async function drawGoldenPictures(browser: Browser): Promise<Drawn> {
  const pictures = new Map<string, Buffer>();
  const violations: string[] = [];
  const fonts = new Set<string>();
  const states = galleryStates().filter(({ name }) => GOLDEN_STATES.some((golden) => golden === name));
  for (const language of ['en', 'zh-Hant'] as const) {
    const window = await ChatWindow.open(browser, language);
    for (const { name, cardIn } of states) {
      await window.show(cardIn(language).card);
      for (const look of ['light', 'dark', 'forced'] as const) {
        await window.look(look, 360);
        const found = await window.violations(look);
        violations.push(...found.map((one) => `${name} ${language} ${look}: ${one}`));
      }
      for (const [look, width] of looksOf(name, language)) {
        await window.look(look, width);
        pictures.set(`${name}.${language}.${look}.${width}.png`, compact(await window.picture()));
      }
      for (const family of await window.fonts()) fonts.add(family);
    }
    await window.close();
  }
  const [chromium = ''] = browser.version().split('.');
  return { pictures, violations, with: { chromium, fonts: [...fonts].sort() } };
}

function looksOf(name: string, language: Language): readonly (readonly [Look, number])[] {
  const usual = GOLDEN_LOOKS.filter(([own]) => own === language);
  const forced = name === FORCED_STATE && language === 'en' ? ([['forced', 360]] as const) : [];
  return [...usual.map(([, look, width]) => [look, width] as const), ...forced];
}

/** The same picture in a smaller file. */
function compact(png: Buffer): Buffer {
  return PNG.sync.write(PNG.sync.read(png), {
    deflateLevel: 9,
    deflateStrategy: 0,
    colorType: 2,
    filterType: 0,
  });
}

/** How far two pictures differ, as shares of 1. */
export interface Difference {
  /** Clearly different pixels in the worst square of 24 × 24 pixels: a missing button, a line in another colour. */
  readonly detail: number;
  /** Pixels of even a slightly different colour in the worst square: another ground. */
  readonly ground: number;
  /** Clearly different pixels in the whole picture. */
  readonly all: number;
}

/** The most that the pictures of one machine may differ. Another smoothing of the letters' edges stays below. */
const SAME: Difference = { detail: 0.08, ground: 0.5, all: 0.01 };
/** Another version of Chromium moves letters by parts of a pixel. A missing button still shows. */
const OTHER_CHROMIUM: Difference = { detail: 0.18, ground: 0.6, all: 0.05 };
/** Other fonts move whole lines. Only a large change shows: another ground, or a card that is much shorter. */
const OTHER_FONTS: Difference = { detail: 1, ground: 1, all: 0.25 };

/** The most that a new picture may differ from one that was drawn with other means. */
export function toleranceBetween(one: DrawnWith, other: DrawnWith): Difference {
  if (one.fonts.join() !== other.fonts.join()) return OTHER_FONTS;
  return one.chromium === other.chromium ? SAME : OTHER_CHROMIUM;
}

const SQUARE = 24;
/** Distances of two colours; 1 is black and white. */
const CLEARLY = 0.06;
const SLIGHTLY = 0.02;

/** Compares two pictures. Where one is larger than the other, the extra pixels count as different. */
export function differenceOf(expected: Buffer, actual: Buffer): Difference {
  const [one, other] = [PNG.sync.read(expected), PNG.sync.read(actual)];
  const width = Math.max(one.width, other.width);
  const height = Math.max(one.height, other.height);
  const left = padded(one, width, height, 0);
  const right = padded(other, width, height, 255);
  const pixels = (threshold: number, windowSize?: number) =>
    pixelmatch(left, right, null, width, height, { threshold, windowSize, checkerboard: false });
  return {
    detail: pixels(CLEARLY, SQUARE) / SQUARE ** 2,
    ground: pixels(SLIGHTLY, SQUARE) / SQUARE ** 2,
    all: pixels(CLEARLY) / (width * height),
  };
}

/** True when the pictures differ by no more than the tolerance allows. */
export function isWithin({ detail, ground, all }: Difference, most: Difference): boolean {
  return detail <= most.detail && ground <= most.ground && all <= most.all;
}

function padded(png: PNG, width: number, height: number, shade: number): Buffer {
  if (png.width === width && png.height === height) return png.data;
  const wide = new PNG({ width, height });
  wide.data.fill(shade);
  for (let at = 3; at < wide.data.length; at += 4) wide.data[at] = 255;
  PNG.bitblt(png, wide, 0, 0, png.width, png.height, 0, 0);
  return wide.data;
}

/** What the golden pictures were drawn with. */
export function goldenDrawnWith(): DrawnWith {
  return JSON.parse(readFileSync(path.join(GOLDEN_DIR, 'drawn-with.json'), 'utf8')) as DrawnWith;
}
