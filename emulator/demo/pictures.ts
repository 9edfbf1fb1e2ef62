/** The pictures in the demo world's mails, drawn by code. */
import { png, type Colour, type DemoFile } from './files';

const mix = (from: Colour, to: Colour, share: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

/** A pattern of tiles in blue and white. */
export function tiles(name: string): DemoFile {
  const blue: Colour = [28, 78, 156];
  const white: Colour = [246, 248, 252];
  return png(name, 160, 96, (x, y) => {
    const [u, v] = [(x % 32) - 15.5, (y % 32) - 15.5];
    const ring = Math.hypot(u, v);
    const petal = Math.abs(u * v) < 28;
    return (ring < 13 && ring > 9) || (petal && ring < 15) || x % 32 === 0 || y % 32 === 0 ? blue : white;
  });
}

/** The plan of a floor with rooms. */
export function floorPlan(name: string): DemoFile {
  const walls = [
    [8, 8, 192, 12],
    [8, 116, 192, 120],
    [8, 8, 12, 120],
    [188, 8, 192, 120],
    [80, 8, 84, 70],
    [80, 90, 84, 120],
    [84, 66, 150, 70],
    [170, 66, 192, 70],
  ];
  return png(name, 200, 128, (x, y) =>
    walls.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom)
      ? [60, 64, 72]
      : (x + y) % 16 === 0
        ? [225, 229, 236]
        : [250, 250, 248],
  );
}

/** A sunset over the sea. */
export function sea(name: string): DemoFile {
  return png(name, 192, 108, (x, y) => {
    if (y > 68) return mix([24, 92, 130], [8, 44, 84], (y - 68) / 40 + 0.08 * Math.sin(x / 5 + y));
    if (Math.hypot(x - 130, y - 62) < 16) return [255, 214, 120];
    return mix([64, 96, 160], [250, 150, 104], y / 68);
  });
}

/** A column chart of a few values. */
export function chart(name: string, values: readonly number[]): DemoFile {
  const most = Math.max(...values);
  return png(name, 20 + values.length * 24, 100, (x, y) => {
    const index = Math.floor((x - 12) / 24);
    const inside = x >= 12 && (x - 12) % 24 < 16 && index < values.length;
    if (y === 90) return [120, 124, 132];
    return inside && y < 90 && 90 - y <= (values[index] / most) * 78 ? [46, 134, 112] : [255, 255, 255];
  });
}
