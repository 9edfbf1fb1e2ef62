/**
 * Every card of the built add-on, in every state that a person meets: drawn as the page draws it, kept as a picture, whole,
 * and for everybody. Worlds, clocks and ids are the same each time.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newSidebar } from '../src/cards/sidebar';
import { seriousFaults } from './accessibility';
import { ACCOUNT_STATES } from './card-states/account';
import { CONTACT_STATES } from './card-states/contacts';
import { THREAD_STATES } from './card-states/threads';
import { launchChromium } from './chromium';
import { pictureDifferences } from './compare-pixels';
import { clearGallery, drawnCard, hang, openGallery } from './drawn-cards';
import { comparePicture, layoutFaults } from './pictures';
import { readPng, rounded, type Pixels } from './png';

const STATES = { ...ACCOUNT_STATES, ...THREAD_STATES, ...CONTACT_STATES };
const NAMES = Object.keys(STATES);
/** So many of a card's words are changed, one at a time. */
const WORDS = 8;

jest.setTimeout(150_000);

describe('the cards', () => {
  const cards = new Map<string, unknown>();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 400, height: 900 }, reducedMotion: 'reduce' });
    await openGallery(page);
  });
  afterAll(() => browser?.close());

  async function draw(name: string) {
    await clearGallery(page);
    await hang(page, name, cards.get(name));
    return drawnCard(page, name);
  }

  test.each(NAMES)('%s', async (name) => {
    const shown = STATES[name](newSidebar()).cards;
    expect(shown).toHaveLength(1);
    cards.set(name, shown[0]);
    const drawn = await draw(name);
    expect(await drawn.locator('.not-drawn').allInnerTexts()).toEqual([]);
    expect(await layoutFaults(drawn)).toEqual([]);
    expect(await comparePicture(drawn, `cards/${name}`)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('none has a serious fault for assistive tools, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await clearGallery(page);
    for (const [name, card] of cards) await hang(page, name, card);
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  describe('a picture is the same', () => {
    const taken = async (name: string): Promise<Pixels> => rounded(readPng(await drawnCard(page, name).screenshot()));
    /** What the picture shows with that style, and without it. */
    async function differencesBy(name: string, style: string): Promise<string[]> {
      await draw(name);
      const before = await taken(name);
      const added = await page.addStyleTag({ content: style });
      const after = await taken(name);
      await added.evaluate((element) => (element as Element).remove());
      return pictureDifferences(before, after);
    }

    test.each([
      ['placed between two pixels', '.card { transform: translate(0.15px, 0.1px); }'],
      ['a little bolder', '* { -webkit-text-stroke: 0.12px; }'],
      ['a little paler', 'body { filter: contrast(0.94); }'],
    ])('%s', async (_, style) => {
      expect(await differencesBy('thread', style)).toEqual([]);
    });

    test.each([
      ['a button of another colour', '.card-button.filled { background: #1a5fb4; }'],
      ['a row that moved by three pixels', '.widget:nth-of-type(2) { transform: translateY(3px); }'],
      ['a picture that is gone', '.decorated-text .start { visibility: hidden; }'],
      [
        'text that is cut off',
        '.decorated-text .lines { flex: none; width: 60px; white-space: nowrap; overflow: hidden; }',
      ],
      ['a section that is wider', '.card-section { padding-inline: 20px; }'],
    ])('but not %s', async (_, style) => {
      expect(await differencesBy('thread', style)).not.toEqual([]);
    });

    test('but not with one word changed, whichever', async () => {
      const drawn = await draw('thread');
      const before = await taken('thread');
      const count = await drawn.evaluate(wordsIn, undefined);
      expect(count).toBeGreaterThan(WORDS);
      for (let nth = 0; nth < count; nth += Math.ceil(count / WORDS)) {
        await draw('thread');
        await drawn.evaluate(wordsIn, nth);
        expect([nth, pictureDifferences(before, await taken('thread')).length]).not.toEqual([nth, 0]);
      }
    });
  });

  test('all pictures together stay below three megabytes, and none is kept of a card that is not there', () => {
    const folder = path.resolve('test', 'browser', 'pictures');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const bytes = files.map((file) => statSync(path.join(folder, file)).size).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(3_000_000);
    const ofCards = files.filter((file) => /^cards.*\.png$/.test(file)).map((file) => path.basename(file, '.png'));
    expect(ofCards.sort()).toEqual([...NAMES].sort());
  });
});

/** Runs in the page: how many words of four letters or more are shown; the nth of them is written backwards. */
function wordsIn(part: Element, nth: number | undefined): number {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let count = 0;
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    if (node.parentElement?.checkVisibility() !== true) continue;
    node.textContent = (node.textContent ?? '').replace(/\p{L}{4,}/gu, (word) =>
      count++ === nth ? Array.from(word).reverse().join('') : word,
    );
  }
  return count;
}
