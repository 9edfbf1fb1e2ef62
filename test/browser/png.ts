/**
 * Reads PNGs as browsers write them (8 bits a channel, with or without transparency, not interlaced), and writes and reads
 * small ones: of few colours, each rounded a little, which nobody sees.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue of each pixel, row by row. */
  readonly rgb: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum. */
const CHUNK_OVERHEAD = 12;
/** Channels by the colour types of PNG, section 11.2.2. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 };
const PALETTE_TYPE = 3;
const MOST_COLOURS = 256;
const ROUNDED_TO = 5;

/** Throws at any other kind of PNG. */
export function readPng(file: Buffer): Pixels {
  const data: Buffer[] = [];
  let head: Buffer = Buffer.alloc(13);
  let palette: Buffer | undefined;
  for (let at = SIGNATURE.length; at < file.length; at += CHUNK_OVERHEAD + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    const chunk = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    if (type === 'IHDR') head = chunk;
    else if (type === 'PLTE') palette = chunk;
    else if (type === 'IDAT') data.push(chunk);
  }
  const [width, height, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), CHANNELS[head[9]]];
  if (channels === undefined || head[8] !== 8 || head[12] !== 0) throw new Error('not a PNG of the expected kind');
  const lines = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0, to = 0; to < rgb.length; pixel++, to += 3) {
    const from = palette ?? lines;
    const at = palette === undefined ? pixel * channels : lines[pixel] * 3;
    rgb[to] = from[at];
    rgb[to + 1] = from[at + 1];
    rgb[to + 2] = from[at + 2];
  }
  return { width, height, rgb };
}

const ROUNDED = Uint8Array.from({ length: 256 }, (_, value) => Math.round(value / ROUNDED_TO) * ROUNDED_TO);

/** Rounded, so that a picture of text has few colours and two of the same are the same. */
export function rounded({ width, height, rgb }: Pixels): Pixels {
  const result = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at++) result[at] = ROUNDED[rgb[at]];
  return { width, height, rgb: result };
}

/** Of a rounded picture; one that still has too many colours is written without a palette. */
export function writePng({ width, height, rgb }: Pixels): Buffer {
  const colours = new Map<number, number>();
  const indices = new Uint8Array(width * height);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const colour = (rgb[pixel * 3] << 16) | (rgb[pixel * 3 + 1] << 8) | rgb[pixel * 3 + 2];
    if (!colours.has(colour)) colours.set(colour, colours.size);
    indices[pixel] = colours.get(colour)!;
  }
  const few = colours.size <= MOST_COLOURS;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, few ? PALETTE_TYPE : 2], 8);
  const palette = Buffer.from(
    [...colours.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  const lines = few ? unfiltered(indices, width, height) : unfiltered(rgb, width * 3, height);
  return Buffer.concat([
    SIGNATURE,
    chunkOf('IHDR', head),
    ...(few ? [chunkOf('PLTE', palette)] : []),
    chunkOf('IDAT', deflateSync(lines, { level: 9 })),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);
}

function unfiltered(bytes: Uint8Array, stride: number, height: number): Buffer {
  const lines = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) lines.set(bytes.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return lines;
}

function chunkOf(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(data.length + CHUNK_OVERHEAD);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), data.length + 8);
  return chunk;
}

/** Each line tells by its first byte what was taken off its bytes: the one before, the one above, or both (PNG, section 9). */
function unfilter(filtered: Buffer, stride: number, height: number, channels: number): Uint8Array {
  let above: Uint8Array = new Uint8Array(stride);
  const lines = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (stride + 1)];
    const given = filtered.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    const line = lines.subarray(y * stride, (y + 1) * stride);
    if (filter === 0) line.set(given);
    else if (filter === 2) for (let x = 0; x < stride; x++) line[x] = given[x] + above[x];
    else {
      for (let x = 0; x < stride; x++) {
        const before = x < channels ? 0 : line[x - channels];
        const corner = x < channels ? 0 : above[x - channels];
        const guess = filter === 1 ? before : filter === 3 ? (before + above[x]) >> 1 : paeth(before, above[x], corner);
        line[x] = given[x] + guess;
      }
    }
    above = line;
  }
  return lines;
}

function paeth(before: number, above: number, corner: number): number {
  const toBefore = Math.abs(above - corner);
  const toAbove = Math.abs(before - corner);
  const toCorner = Math.abs(before + above - 2 * corner);
  if (toBefore <= toAbove && toBefore <= toCorner) return before;
  return toAbove <= toCorner ? above : corner;
}
