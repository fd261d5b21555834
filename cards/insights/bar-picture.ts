/**
 * A small bar chart without words: one bar for each day. The words stand beside it as text, so the picture needs no
 * font, and readers of every language and with a screen reader get the same facts.
 */
import { crc32, deflateSync } from 'node:zlib';
import type { InsightsOfDay } from '../../core/services/insights/insights.js';

/** A filled rectangle in pixels. `open`: the part for questions that were left open. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly part: 'answered' | 'open';
}

export const CHART = { width: 480, height: 96 } as const;
/** The pixels of the line below the bars. */
const BASE = 2;

/** The bars of the days, from left to right; an open part stands on the answered part. The highest day fills the height. */
export function barsOf(days: readonly InsightsOfDay[]): readonly Bar[] {
  const most = Math.max(1, ...days.map(({ answered, leftOpen }) => answered + leftOpen));
  const room = CHART.height - BASE;
  const slot = CHART.width / Math.max(1, days.length);
  const gap = slot >= 4 ? Math.min(6, Math.floor(slot / 4)) : 0;
  return days.flatMap(({ answered, leftOpen }, at) => {
    const x = Math.round(at * slot);
    const width = Math.max(1, Math.round((at + 1) * slot) - x - gap);
    const whole = scaled(answered + leftOpen, most, room);
    const solid = Math.min(whole, scaled(answered, most, room));
    const bars: readonly Bar[] = [
      { x, y: room - solid, width, height: solid, part: 'answered' },
      { x, y: room - whole, width, height: whole - solid, part: 'open' },
    ];
    return bars.filter(({ height }) => height > 0);
  });
}

/** A count that is not 0 is at least two pixels high. */
function scaled(count: number, most: number, room: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round((count / most) * room));
}

/** Readable on white and on Teams' dark ground: a contrast of 3 or more on both. */
export const CHART_COLOUR = '#2f80c8';

/** The picture as a PNG in a `data:` address, with a transparent ground. Open parts are hatched. */
export function barPicture(days: readonly InsightsOfDay[]): string {
  const { width, height } = CHART;
  // One byte for each pixel: 0 is transparent, 1 has the colour. Each row begins with its filter, which is 0.
  const rows = Buffer.alloc((width + 1) * height);
  const paint = ({ x, y, width: wide, height: high, part }: Bar): void => {
    for (let row = y; row < y + high; row += 1)
      for (let column = x; column < x + wide; column += 1)
        if (part === 'answered' || isHatched(row, column, { x, y, wide, high }))
          rows[row * (width + 1) + 1 + column] = 1;
  };
  barsOf(days).forEach(paint);
  paint({ x: 0, y: height - 1, width, height: 1, part: 'answered' });
  return `data:image/png;base64,${png(rows, width, height).toString('base64')}`;
}

/** An outline and diagonal lines. */
function isHatched(
  row: number,
  column: number,
  {
    x,
    y,
    wide,
    high,
  }: { readonly x: number; readonly y: number; readonly wide: number; readonly high: number },
): boolean {
  const isEdge = row === y || row === y + high - 1 || column === x || column === x + wide - 1;
  return isEdge || (row + column) % 4 === 0;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG with a palette of two colours, after the PNG specification (third edition), sections 5 and 11. */
function png(rows: Buffer, width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits for each pixel, each an index into the palette.
  header.set([8, 3], 8);
  const colour = Buffer.from(CHART_COLOUR.slice(1), 'hex');
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.concat([colour, colour])),
    chunk('tRNS', Buffer.from([0, 255])),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
