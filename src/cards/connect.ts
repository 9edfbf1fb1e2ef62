/** Connecting in two steps: the form with the token or the sign-in at the CRM, then who is who (C2, C3). */
import type { Checked } from '../account/check';
import { SCOPES } from '../crm/probes';
import type { Connection } from '../sync/state';
import { buttons, section, text, type ActionButton, type Card, type Choice, type Section, type Widget } from './model';
import type { Words } from './words';

/** The form's fields and what they are called in it. */
export const FORM = {
  token: 'token',
  location: 'location',
  user: 'crmUser',
  address: 'address',
  ownSync: 'ownSync',
  code: 'code',
};

/** What a card has to know of a connection to have it made again. */
type Known = Pick<Connection, 'kind' | 'location' | 'locationName'>;

/** What Threadlink does, where mail goes, and the form; `notice` is said first. `signIn`: an app is configured. */
export function welcomeCard(words: Words, signIn: boolean, notice?: Widget): Card {
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
    footer: { main: checkButton(words), ...(signIn ? { other: signInButton(words) } : {}) },
  };
}

/** The form alone, to connect again with another token; the sub-account stays the same. */
export function reconnectCard(words: Words, known: Known, signIn: boolean): Card {
  return {
    name: 'connect',
    title: words.welcome.again,
    sections: [...reconnectSections(words, { ...known, kind: 'token' }), scopeSection(words)],
    footer: { main: checkButton(words), ...(signIn ? { other: signInButton(words) } : {}) },
  };
}

/** For a card on which connecting again is the one thing to do, the same way as before; with `reconnectButton`. */
export function reconnectSections(words: Words, { kind, location, locationName }: Known): readonly Section[] {
  const { welcome } = words;
  return kind === 'oauth'
    ? section(undefined, [text(welcome.signAgain(locationName))])
    : section(undefined, [text(welcome.againWhat(locationName)), ...credentialInputs(words, location)]);
}

export function reconnectButton(words: Words, { kind }: Known): ActionButton {
  return kind === 'oauth' ? { ...signInButton(words), filled: true } : checkButton(words);
}

function signInButton({ buttons: names }: Words): ActionButton {
  return { text: names.signIn, do: 'connect.oauth' };
}

/** The CRM's own page opens beside Gmail. Where it cannot lead back (facts, highlevel 2.1), its address is pasted here. */
export function signInCard(words: Words, url: string): Card {
  const { signIn } = words;
  return {
    name: 'sign-in',
    title: signIn.title,
    sections: [
      ...section(undefined, [
        text(signIn.what),
        text(signIn.steps),
        buttons({ text: words.buttons.openSignIn, url, reload: true }),
      ]),
      {
        title: signIn.trouble,
        open: 1,
        widgets: [
          text(signIn.troubleWhat),
          { kind: 'input', name: FORM.code, title: signIn.address },
          buttons({ text: words.buttons.useCode, do: 'connect.code', required: [FORM.code] }),
        ],
      },
    ],
    footer: {
      main: { text: words.buttons.signedIn, do: 'connect.signed-in', filled: true },
      other: { text: words.buttons.cancel, do: 'connect.cancel' },
    },
  };
}

function checkButton(words: Words): ActionButton {
  return {
    text: words.buttons.check,
    do: 'connect.check',
    filled: true,
    required: [FORM.token, FORM.location],
  };
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
        ...(checked.claims ? [] : [text([{ quiet: choose.noClaims }])]),
        ...(checked.missing.length === 0 ? [] : [text([{ quiet: choose.missing(checked.missing.join(', ')) }])]),
      ]),
    ],
    footer: {
      main: { text: words.buttons.connect, do: 'connect.finish', filled: true, required: [FORM.user, FORM.address] },
      other: { text: words.buttons.cancel, do: 'connect.cancel' },
    },
  };
}

/** Another mailbox is connected for the CRM user that was chosen (C6). */
export function takeOverCard(words: Words, name: string): Card {
  const { takeOver } = words;
  return {
    name: 'connect-take',
    title: takeOver.title,
    sections: section(undefined, [
      { kind: 'row', icon: 'warning', text: takeOver.what(name === '' ? takeOver.user : name) },
      text(takeOver.then),
    ]),
    footer: {
      main: { text: words.buttons.takeOver, do: 'connect.take', filled: true },
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
