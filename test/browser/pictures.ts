/**
 * Pictures that are kept and compared: what a part of the page says to a screen reader, word for word; where its pieces
 * stand, within what fonts of different machines make of it; and how it looks. `npm run pictures` takes those anew that
 * differ.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { HAS_KNOWN_FONTS } from './chromium';
import { pictureDifferences } from './compare-pixels';
import { readPng, rounded, writePng, type Pixels } from './png';

interface Box {
  readonly what: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Picture {
  readonly says: readonly string[];
  readonly boxes: readonly Box[];
}

const KEPT = path.resolve('test', 'browser', 'pictures');
/** Of what differs, to be looked at. */
const TAKEN = path.resolve('.cache', 'pictures-that-differ');
/** Another font makes a line longer or breaks it once more. */
const TOLERANCE = { pixels: 30, share: 0.2 };

/**
 * Differences from the kept picture, none where it is the same; a picture that is not kept yet is a difference. Pixels are
 * compared in the browser of the npm package alone, as another one has other fonts.
 */
export async function comparePicture(part: Locator, name: string): Promise<string[]> {
  const taken = await takePicture(part);
  const pixels = HAS_KNOWN_FONTS ? await pixelsOf(part) : undefined;
  const kept = readKept(name);
  const found = kept === undefined ? [`no picture ${name} is kept: npm run pictures`] : differences(kept, taken);
  if (pixels !== undefined) found.push(...differencesOfPixels(name, pixels));
  if (found.length === 0) return [];
  const updates = process.env['UPDATE_PICTURES'] === '1';
  keep(updates ? KEPT : TAKEN, name, taken, pixels);
  return updates ? [] : [...found, `see ${path.relative('.', path.join(TAKEN, name))}.png`];
}

const file = (folder: string, name: string, kind: 'json' | 'png') => path.join(folder, `${name}.${kind}`);

function readKept(name: string): Picture | undefined {
  const kept = file(KEPT, name, 'json');
  return existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Picture) : undefined;
}

/** Of the part alone, without what blinks and moves. */
async function pixelsOf(part: Locator): Promise<Pixels> {
  return rounded(readPng(await part.screenshot({ animations: 'disabled', caret: 'hide' })));
}

function differencesOfPixels(name: string, taken: Pixels): string[] {
  const kept = file(KEPT, name, 'png');
  return existsSync(kept) ? pictureDifferences(readPng(readFileSync(kept)), taken) : [`no pixels of ${name} are kept`];
}

function keep(folder: string, name: string, taken: Picture, pixels: Pixels | undefined): void {
  mkdirSync(path.dirname(file(folder, name, 'json')), { recursive: true });
  const boxes = taken.boxes.map((box) => `    ${JSON.stringify(box)}`).join(',\n');
  const says = taken.says.map((line) => `    ${JSON.stringify(line)}`).join(',\n');
  writeFileSync(file(folder, name, 'json'), `{\n  "says": [\n${says}\n  ],\n  "boxes": [\n${boxes}\n  ]\n}\n`);
  if (pixels !== undefined) writeFileSync(file(folder, name, 'png'), writePng(pixels));
}

async function takePicture(part: Locator): Promise<Picture> {
  return { says: (await part.ariaSnapshot()).split('\n'), boxes: await part.evaluate(boxesIn) };
}

/** Runs in the page: every control, heading and widget that can be seen, from the part's own corner. */
function boxesIn(part: Element): Box[] {
  const from = part.getBoundingClientRect();
  return [...part.querySelectorAll('button, input, select, textarea, h2, h3, .widget, .message, .crm-email, .block')]
    .filter((element) => element.checkVisibility())
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return {
        what: `${element.tagName.toLowerCase()} ${element.getAttribute('data-widget') ?? element.classList[0] ?? ''}`.trim(),
        x: Math.round(x - from.x),
        y: Math.round(y - from.y),
        width: Math.round(width),
        height: Math.round(height),
      };
    });
}

function differences(kept: Picture, taken: Picture): string[] {
  const said = kept.says
    .map((line, index) => [line, taken.says[index] ?? '(nothing)'] as const)
    .filter(([before, now]) => before !== now)
    .map(([before, now]) => `said “${before.trim()}”, says “${now.trim()}”`);
  const more = taken.says.slice(kept.says.length).map((line) => `says more: “${line.trim()}”`);
  if (kept.boxes.length !== taken.boxes.length) {
    return [...said, ...more, `had ${kept.boxes.length} pieces, has ${taken.boxes.length}`];
  }
  const moved = kept.boxes.flatMap((box, index) => {
    const now = taken.boxes[index];
    if (now.what !== box.what) return [`was ${box.what}, is ${now.what}`];
    return (['x', 'y', 'width', 'height'] as const)
      .filter((side) => Math.abs(now[side] - box[side]) > Math.max(TOLERANCE.pixels, box[side] * TOLERANCE.share))
      .map((side) => `${box.what}: ${side} was ${box[side]}, is ${now[side]}`);
  });
  return [...said, ...more, ...moved];
}

/** What is wrong with the layout whatever the fonts: something sticks out to the side, or is too small to be hit. */
export async function layoutFaults(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const { left, right } = root.getBoundingClientRect();
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== root.parentElement &&
      (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.classList[0] ?? ''} “${(element.textContent ?? '').trim().slice(0, 30)}”`;
    return [...root.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, svg, option'))
      .flatMap((element) => {
        const box = element.getBoundingClientRect();
        const out = (box.left < left - 1 || box.right > right + 1) && !scrolls(element.parentElement);
        const small = element.matches('button, select') && (box.height < 22 || box.width < 22);
        return [...(out ? [`${name(element)} sticks out`] : []), ...(small ? [`${name(element)} is too small`] : [])];
      });
  });
}
