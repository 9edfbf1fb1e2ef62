/**
 * Pictures that are kept and compared: what a part of the page says to a screen reader, word for word, and where its
 * pieces stand, within what fonts of different machines make of it. `UPDATE_PICTURES=1` takes them anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';

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

const FOLDER = path.resolve('test', 'browser', 'pictures');
/** Another font makes a line longer or breaks it once more. */
const TOLERANCE = { pixels: 30, share: 0.2 };

/** Differences from the kept picture, none where it is the same; a picture that is not kept yet is a difference. */
export async function comparePicture(part: Locator, name: string): Promise<string[]> {
  const file = path.join(FOLDER, `${name}.json`);
  const taken = await takePicture(part);
  if (process.env['UPDATE_PICTURES'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    const boxes = taken.boxes.map((box) => `    ${JSON.stringify(box)}`).join(',\n');
    const says = taken.says.map((line) => `    ${JSON.stringify(line)}`).join(',\n');
    writeFileSync(file, `{\n  "says": [\n${says}\n  ],\n  "boxes": [\n${boxes}\n  ]\n}\n`);
    return [];
  }
  if (!existsSync(file)) return [`no picture ${name} is kept: take it with UPDATE_PICTURES=1`];
  return differences(JSON.parse(readFileSync(file, 'utf8')) as Picture, taken);
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
