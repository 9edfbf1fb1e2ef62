/** Connecting in two steps: the form with the token, then who is who (C2, C3). */
import type { Checked } from '../account/check';
import { SCOPES } from '../crm/probes';
import { section, text, type Card, type Choice, type Section, type Widget } from './model';
import type { Words } from './words';

/** The form's fields and what they are called in it. */
export const FORM = { token: 'token', location: 'location', user: 'crmUser', address: 'address', ownSync: 'ownSync' };

/** What Threadlink does, where mail goes, and the form; `notice` is said first. */
export function welcomeCard(words: Words, notice?: Widget): Card {
  const { welcome } = words;
  return {
    name: 'home',
    title: words.name,
    subtitle: welcome.title,
    sections: [
      ...section(undefined, [...(notice === undefined ? [] : [notice]), text(welcome.what), text(welcome.where)]),
      ...section(welcome.steps, [
        text(welcome.step1({ bold: welcome.step1Place })),
        text(welcome.step2),
        text(welcome.step3),
        ...credentialInputs(words),
      ]),
      scopeSection(words),
    ],
    footer: { main: checkButton(words) },
  };
}

/** The form alone, to connect again with another token; the sub-account stays the same. */
export function reconnectCard(words: Words, location: { readonly id: string; readonly name: string }): Card {
  return {
    name: 'connect',
    title: words.welcome.again,
    sections: [...reconnectSections(words, location), scopeSection(words)],
    footer: { main: checkButton(words) },
  };
}

export function reconnectSections(
  words: Words,
  location: { readonly id: string; readonly name: string },
): readonly Section[] {
  const { welcome } = words;
  return section(undefined, [text(welcome.againWhat(location.name)), ...credentialInputs(words, location.id)]);
}

export function checkButton(words: Words) {
  return {
    text: words.buttons.check,
    do: 'connect.check',
    filled: true,
    required: [FORM.token, FORM.location],
  } as const;
}

export function chooseCard(words: Words, checked: Checked, connected?: { user: string; address: string }): Card {
  const { choose } = words;
  const user = connected?.user ?? checked.proposed?.id;
  const address = connected?.address ?? checked.addresses[0]?.email;
  const users: Choice[] = checked.users.map(({ id, name, email }) => ({
    value: id,
    text: email === '' ? name : `${name} · ${email}`,
    selected: id === user,
  }));
  const addresses: Choice[] = checked.addresses.map(({ email, primary }) => ({
    value: email,
    text: primary ? choose.primary(email) : email,
    selected: email.toLowerCase() === address?.toLowerCase(),
  }));
  return {
    name: 'connect-choose',
    title: choose.title,
    subtitle: checked.location.name,
    sections: [
      ...section(undefined, [
        { kind: 'row', icon: 'check_circle', text: choose.found({ bold: checked.location.name }) },
      ]),
      ...section(undefined, [
        { kind: 'choice', name: FORM.user, title: choose.user, type: 'dropdown', choices: users },
        text([{ quiet: checked.proposed === undefined ? choose.userNone : choose.userProposed }]),
        { kind: 'choice', name: FORM.address, title: choose.address, type: 'dropdown', choices: addresses },
      ]),
      ...ownSyncSection(words, checked),
      ...section(undefined, [
        text(choose.starts),
        ...(checked.missing.length === 0 ? [] : [text([{ quiet: choose.missing(checked.missing.join(', ')) }])]),
      ]),
    ],
    footer: {
      main: { text: words.buttons.connect, do: 'connect.finish', filled: true, required: [FORM.user, FORM.address] },
      other: { text: words.buttons.cancel, do: 'connect.cancel' },
    },
  };
}

/** Asked of the user where the CRM does not say (C3). */
function ownSyncSection({ choose }: Words, { ownSync }: Checked): Section[] {
  if (ownSync === 'off') return [];
  return section(undefined, [
    {
      kind: 'choice',
      name: FORM.ownSync,
      title: choose.ownSync,
      type: 'radio',
      choices: [
        { value: 'off', text: choose.ownSyncOff, selected: true },
        { value: 'on', text: choose.ownSyncOn, selected: false },
      ],
    },
    text([{ quiet: choose.ownSyncWhy }]),
  ]);
}

function credentialInputs({ welcome }: Words, location?: string): Widget[] {
  return [
    { kind: 'input', name: FORM.token, title: welcome.token, hint: welcome.tokenHint },
    { kind: 'input', name: FORM.location, title: welcome.location, hint: welcome.locationHint, value: location },
  ];
}

function scopeSection({ welcome }: Words): Section {
  return { title: welcome.scopes, widgets: SCOPES.map((scope) => text(scope)), open: 1 };
}
