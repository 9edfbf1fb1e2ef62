/**
 * The person's browser while they connect with OAuth: from the sidebar's link to the CRM's consent page, through its
 * form, and along the redirects back to the script, after which the sidebar is loaded again. Where that way ends with an
 * error of the script's host, they paste the page's address into the sidebar, if there is a field for it.
 */
import { clickThatDoes, linksIn, textOf } from './card-reader';
import { WorldError } from './error';
import { SCRIPT_HOST } from './script-host';
import { clickInSidebar, openSidebar, shownCards, type SidebarAnswer } from './sidebar';
import type { World } from './world';

const CONSENT = /^https:\/\/marketplace\.[^/]+\//;
const MOST_PAGES = 10;

export function connectThroughConsentPage(world: World, user: string, home: SidebarAnswer): SidebarAnswer {
  const cards = shownCards(home);
  const click = clickThatDoes(cards, 'connect.oauth');
  const answer = click === undefined ? undefined : clickInSidebar(world, user, { at: 'home' }, click);
  const beside = answer === undefined ? cards : shownCards(answer);
  const last = browse(world, user, consentLink(answer, [...beside, ...cards]));
  const paste = last.failed ? clickThatDoes(beside, 'connect.code') : undefined;
  const after =
    paste === undefined
      ? openSidebar(world, user, { at: 'home' })
      : clickInSidebar(world, user, { at: 'home' }, { ...paste, formInputs: { code: last.url } });
  if (clickThatDoes(shownCards(after), 'connect.finish') !== undefined) return after;
  throw new WorldError([last.text, ...shownCards(after).map(textOf)].join(' · '));
}

/** The consent page's address: behind a link on the card, or in the answer to the button that connects this way. */
function consentLink(answer: SidebarAnswer | undefined, cards: readonly unknown[]): string {
  const links = [answer?.openLink?.['url'], ...cards.flatMap(linksIn)];
  const link = links.find((url) => typeof url === 'string' && CONSENT.test(url));
  if (link === undefined)
    throw new WorldError('the sidebar shows no way to connect with OAuth; is the app configured?');
  return link as string;
}

interface LastPage {
  readonly url: string;
  readonly text: string;
  /** The script's host had nobody to give the answer to. */
  readonly failed: boolean;
}

/** Opens the page and says yes, as that user, to every form until nothing leads on. */
function browse(world: World, user: string, start: string): LastPage {
  let step: { method: string; url: string; form?: string } | undefined = { method: 'GET', url: start };
  let last: LastPage = { url: start, text: '', failed: false };
  for (let pages = 0; step !== undefined; pages++) {
    if (pages === MOST_PAGES) throw new WorldError(`the consent does not end: ${step.url.split('?')[0]}`);
    const { method, form } = step;
    const url: string = step.url;
    const { hostname, pathname, search } = new URL(url);
    const { status, headers, body } = world.request({
      method,
      host: hostname,
      path: `${pathname}${search}`,
      headers: {
        accept: 'text/html',
        'x-threadlink-outside': '1',
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: Buffer.from(form ?? ''),
    });
    if (status === 0) throw new WorldError(`no host ${hostname}`);
    const html = body.toString();
    const text = html
      .replace(/<(style|script)\b[\s\S]*?<\/\1>|<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    last = { url, text, failed: status >= 400 };
    if (status >= 400 && hostname === SCRIPT_HOST) return last;
    if (status >= 400) throw new WorldError(text || `${hostname} answered ${status}`);
    const next: string | undefined = headers['location'];
    step = next !== undefined ? { method: 'GET', url: new URL(next, url).href } : yesOf(html, url, user);
  }
  return last;
}

/** Submitting the page's first form, with the user chosen where one is to be chosen, or following its first link. */
function yesOf(html: string, base: string, user: string): { method: string; url: string; form?: string } | undefined {
  const [form] = /<form\b[\s\S]*?<\/form>/i.exec(html) ?? [];
  if (form === undefined) {
    const link = attribute(/<a\b[^>]*>/i.exec(html)?.[0] ?? '', 'href');
    return link === undefined ? undefined : { method: 'GET', url: new URL(link, base).href };
  }
  const url = new URL(attribute(form, 'action') ?? '', base);
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
    const name = attribute(input, 'name');
    if (name !== undefined) fields.append(name, attribute(input, 'value') ?? '');
  }
  for (const [select] of form.matchAll(/<select\b[\s\S]*?<\/select>/gi)) {
    const options = [...select.matchAll(/(<option\b[^>]*>)([^<]*)/gi)];
    const option = options.find(([, , text]) => text.includes(user)) ?? options[0];
    const name = attribute(select, 'name');
    if (name !== undefined && option !== undefined) fields.append(name, attribute(option[1], 'value') ?? option[2]);
  }
  if ((attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'method') ?? 'get').toLowerCase() === 'post') {
    return { method: 'POST', url: url.href, form: fields.toString() };
  }
  for (const [name, value] of fields) url.searchParams.append(name, value);
  return { method: 'GET', url: url.href };
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value
    ?.replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
