/**
 * Whether two pictures show the same. Each small square of one is looked for in the other a little around its place: its
 * mean colour is then the same whatever an edge of a letter was smoothed to, and another where a letter is another one.
 */
import type { Pixels } from './png';

/** Pixels: a letter is about two squares high and less than two wide. */
const SQUARE = 4;
/** Squares overlap by half. */
const STEP = SQUARE / 2;
/** How far a piece may have moved, in pixels. */
const AROUND = 1;
/** Of 255, for the mean of a square. */
const TOLERANCE = 20;

/** One sentence for each place that differs; none where the pictures show the same. */
export function pictureDifferences(kept: Pixels, taken: Pixels): string[] {
  if (kept.width !== taken.width || Math.abs(kept.height - taken.height) > AROUND) {
    return [`was ${kept.width} × ${kept.height}, is ${taken.width} × ${taken.height}`];
  }
  if (kept.height === taken.height && Buffer.compare(kept.rgb, taken.rgb) === 0) return [];
  return gathered(differentSquares(kept, taken)).map(({ x, y }) => `looks different at ${x}, ${y}`);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function differentSquares(kept: Pixels, taken: Pixels): Place[] {
  const before = new Sums(kept);
  const now = new Sums(taken);
  const places: Place[] = [];
  const height = Math.min(kept.height, taken.height);
  for (let y = AROUND; y + SQUARE + AROUND <= height; y += STEP) {
    for (let x = AROUND; x + SQUARE + AROUND <= kept.width; x += STEP) {
      if (isLike(before, x, y, now, x, y)) continue;
      if (!isAround(before, now, x, y) || !isAround(now, before, x, y)) places.push({ x, y });
    }
  }
  return places;
}

function isAround(of: Sums, within: Sums, x: number, y: number): boolean {
  for (let down = -AROUND; down <= AROUND; down++) {
    for (let right = -AROUND; right <= AROUND; right++) {
      if (isLike(of, x, y, within, x + right, y + down)) return true;
    }
  }
  return false;
}

function isLike(a: Sums, ax: number, ay: number, b: Sums, bx: number, by: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    if (Math.abs(a.mean(ax, ay, channel) - b.mean(bx, by, channel)) > TOLERANCE) return false;
  }
  return true;
}

/** Sums of all pixels above and to the left, so that the mean of any square is four look-ups. */
class Sums {
  private readonly sums: Float64Array;
  private readonly stride: number;

  constructor({ width, height, rgb }: Pixels) {
    this.stride = (width + 1) * 3;
    this.sums = new Float64Array(this.stride * (height + 1));
    for (let y = 0; y < height; y++) {
      const line = [0, 0, 0];
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < 3; channel++) {
          line[channel] += rgb[(y * width + x) * 3 + channel];
          const at = (y + 1) * this.stride + (x + 1) * 3 + channel;
          this.sums[at] = this.sums[at - this.stride] + line[channel];
        }
      }
    }
  }

  mean(x: number, y: number, channel: number): number {
    const [top, bottom] = [y * this.stride + channel, (y + SQUARE) * this.stride + channel];
    const [left, right] = [x * 3, (x + SQUARE) * 3];
    const { sums } = this;
    return (sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left]) / (SQUARE * SQUARE);
  }
}

/** Squares that lie near one another are one place. */
function gathered(places: readonly Place[]): Place[] {
  const found: Place[] = [];
  for (const place of places) {
    if (!found.some(({ x, y }) => Math.abs(x - place.x) <= NEAR && Math.abs(y - place.y) <= NEAR)) found.push(place);
  }
  return found;
}

const NEAR = 40;
