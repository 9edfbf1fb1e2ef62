/** The card for a new mail or an answer (S5), and those that say what became of one that was not simply sent. */
import type { Template } from '../../crm/templates';
import type { Contact } from '../../crm/types';
import { section, text, type Button, type Card, type Widget } from '../model';
import type { Words } from '../words';
import { templateChoices } from './templates';
import type { Sending } from './send';

export const MAIL = { cc: 'cc', subject: 'subject', text: 'text', template: 'template' };

export interface Writing {
  readonly contact: Contact;
  /** The address that it goes to. */
  readonly to: string;
  readonly from: string;
  readonly once: string;
  /** From when on it can be sent, where Gmail's daily limit is near. */
  readonly capped?: string;
  /** The Gmail thread that it answers in. */
  readonly thread?: string;
  readonly templates: readonly Template[];
  readonly values: { readonly cc: string; readonly subject: string; readonly text: string; readonly template: string };
}

export function writeCard(words: Words, writing: Writing): Card {
  const { write } = words;
  const { contact, to, from, once, capped, thread, templates, values } = writing;
  const parameters = { contact: contact.id, once, ...(thread === undefined ? {} : { thread }) };
  const choice: Widget[] =
    templates.length === 0
      ? []
      : [
          {
            kind: 'choice',
            name: MAIL.template,
            title: write.template,
            type: 'dropdown',
            choices: templateChoices(words, templates, values.template),
            change: { do: 'write.template', parameters },
          },
        ];
  return {
    name: 'write',
    title: thread === undefined ? write.title : write.reply,
    subtitle: contact.name,
    sections: section(undefined, [
      {
        kind: 'row',
        icon: 'mail',
        text: write.to(contact.name === '' ? to : `${contact.name} · ${to}`),
        below: write.from(from),
      },
      ...(capped === undefined ? [] : [{ kind: 'row', icon: 'schedule', text: write.capped(capped) } as const]),
      ...(contact.doNotEmail ? [{ kind: 'row', icon: 'block', text: write.noDisturb } as const] : []),
      ...choice,
      { kind: 'input', name: MAIL.cc, title: write.cc, value: values.cc, most: 1_000 },
      { kind: 'input', name: MAIL.subject, title: write.subject, value: values.subject, most: 250 },
      { kind: 'input', name: MAIL.text, title: write.text, value: values.text, lines: true, most: 20_000 },
      text([{ quiet: thread === undefined ? write.starts : write.continues }]),
    ]),
    footer: {
      main: {
        text: words.buttons.send,
        do: 'write.send',
        filled: true,
        parameters,
        required: [MAIL.subject, MAIL.text],
      },
    },
  };
}

/** What to do about a mail that is not in Sent. */
export function sendingCard(
  words: Words,
  mailbox: string,
  once: string,
  { kind }: Exclude<Sending, { kind: 'sent' | 'not-sent' | 'capped' }>,
): Card {
  const { write, buttons: names } = words;
  const drafts: Button = { text: names.showDrafts, url: folderLink(mailbox, 'drafts') };
  const sent: Button = { text: names.showSent, url: folderLink(mailbox, 'sent') };
  const parameters = { once };
  const card = (what: string, advice: string, main: Button, other?: Button): Card => ({
    name: 'sending',
    title: write.title,
    sections: section(undefined, [{ kind: 'row', icon: 'warning', text: [{ bold: what }] }, text(advice)]),
    footer: { main, other },
  });
  switch (kind) {
    case 'stands':
      return card(
        write.waits,
        write.waitsWhat,
        { text: names.sendAgain, do: 'write.again', filled: true, parameters },
        drafts,
      );
    case 'unsure':
      return card(
        write.unsure,
        write.unsureWhat,
        { text: names.lookAgain, do: 'write.look', filled: true, parameters },
        sent,
      );
    case 'changed':
      return card(write.changed, write.changedWhat, drafts);
    case 'gone':
      return card(write.gone, write.goneWhat, sent);
  }
}

function folderLink(mailbox: string, folder: 'drafts' | 'sent'): string {
  return `https://mail.google.com/mail/u/${encodeURIComponent(mailbox)}/#${folder}`;
}
