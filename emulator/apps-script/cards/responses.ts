/** What a callback returns: navigation, notification, links, suggestions, changes of a draft (facts, platform 5.2). */
import { enumOf, instanceOf, listOf, STRING, TEXT } from '../realm/parameters';
import { ScriptException, ScriptObject, type EnumValue, type Signatures } from '../realm/script-object';
import { OpenLink } from './actions';
import {
  boolean,
  CardObject,
  choice,
  define,
  listIn,
  object,
  plain,
  text,
  type Fields,
  type Json,
  type Method,
} from './builder';
import { Card } from './card';
import { ContentType, UpdateDraftBodyType } from './enums';
import { Suggestions } from './inputs';
import { GmailDraft } from '../services/gmail-app';

/**
 * A response that was built, as the world gets it:
 * `{ cards?, navigation?: [{push}|{update}|{pop: true}|{popToRoot: true}|{popTo: name}], notification?: {text},
 *   openLink?: {url, openAs?, onClose?}, stateChanged?, suggestions?: [text], updateDraft?: {...},
 *   openDraft?: {id, threadId} }`.
 */
export class Response extends ScriptObject {
  static readonly scriptName: string = 'CardService.Response';
  static readonly signatures: Signatures = { printJson: [[]] };

  constructor(readonly json: Json) {
    super();
  }

  printJson(): string {
    return JSON.stringify(this.json);
  }
}

export class ActionResponse extends Response {
  static override readonly scriptName = 'CardService.ActionResponse';
}

export class UniversalActionResponse extends Response {
  static override readonly scriptName = 'CardService.UniversalActionResponse';
}

export class SuggestionsResponse extends Response {
  static override readonly scriptName = 'CardService.SuggestionsResponse';
}

export class UpdateDraftActionResponse extends Response {
  static override readonly scriptName = 'CardService.UpdateDraftActionResponse';
}

function step(parameters: Method['parameters'], toStep: (value: never) => Json): Method {
  return { parameters, run: (fields, value: never) => void listIn(fields, 'steps').push(toStep(value)) };
}

const Navigation = define('Navigation', CardObject, {
  methods: {
    pushCard: step([[instanceOf(Card)]], (card: Card) => ({ push: card.json })),
    updateCard: step([[instanceOf(Card)]], (card: Card) => ({ update: card.json })),
    popCard: step([[]], () => ({ pop: true })),
    popToRoot: step([[]], () => ({ popToRoot: true })),
    popToNamedCard: step([[TEXT]], (name: string) => ({ popTo: name })),
    printJson: { parameters: [[]], run: (fields) => JSON.stringify(fields.steps ?? []) },
  },
  toCard: ({ steps }) => steps ?? [],
});

const Notification = define('Notification', CardObject, { methods: { setText: text('text') } });

const ActionResponseBuilder = define('ActionResponseBuilder', CardObject, {
  methods: {
    setNavigation: object('navigation', Navigation),
    setNotification: object('notification', Notification),
    setOpenLink: object('openLink', OpenLink),
    setStateChanged: boolean('stateChanged'),
    build: { parameters: [[]], run: (fields) => new ActionResponse(plain(fields)) },
  },
});

const UniversalActionResponseBuilder = define('UniversalActionResponseBuilder', CardObject, {
  methods: {
    displayAddOnCards: {
      parameters: [[listOf(instanceOf(Card))]],
      run: (fields, cards: readonly Card[]) => void (fields.cards = cards.map(({ json }) => json)),
    },
    setOpenLink: object('openLink', OpenLink),
    build: { parameters: [[]], run: (fields) => new UniversalActionResponse(plain(fields)) },
  },
});

const SuggestionsResponseBuilder = define('SuggestionsResponseBuilder', CardObject, {
  methods: {
    setSuggestions: object('suggestions', Suggestions),
    build: {
      parameters: [[]],
      run: (fields) => {
        const { items = [] } = (plain(fields).suggestions ?? {}) as { items?: readonly { text: string }[] };
        return new SuggestionsResponse({ suggestions: items.map((item) => item.text) });
      },
    },
  },
});

export class ComposeActionResponse extends Response {
  static override readonly scriptName = 'CardService.ComposeActionResponse';
}

const ComposeActionResponseBuilder = define('ComposeActionResponseBuilder', CardObject, {
  methods: {
    setGmailDraft: {
      parameters: [[instanceOf(GmailDraft)]],
      run: (fields: Fields, draft: GmailDraft) => void (fields.draft = draft),
    },
    build: {
      parameters: [[]],
      run: ({ draft }) => {
        if (!(draft instanceof GmailDraft)) {
          throw new ScriptException('Missing required field: gmailDraft of ComposeActionResponse.');
        }
        return new ComposeActionResponse({ openDraft: { id: draft.getId(), threadId: draft.threadId } });
      },
    },
  },
});

function recipients(kind: string, method: string) {
  return define(`UpdateDraft${kind}RecipientsAction`, CardObject, {
    methods: {
      [method]: {
        parameters: [[listOf(STRING)]],
        run: (fields: Fields, emails: readonly string[]) => void listIn(fields, 'emails').push(...emails),
      },
    },
    toCard: ({ emails }) => emails ?? [],
  });
}

const UpdateDraftToRecipientsAction = recipients('To', 'addUpdateToRecipients');
const UpdateDraftCcRecipientsAction = recipients('Cc', 'addUpdateCcRecipients');
const UpdateDraftBccRecipientsAction = recipients('Bcc', 'addUpdateBccRecipients');

const UpdateDraftSubjectAction = define('UpdateDraftSubjectAction', CardObject, {
  methods: { addUpdateSubject: text('subject') },
  toCard: ({ subject }) => subject,
});

const UpdateDraftBodyAction = define('UpdateDraftBodyAction', CardObject, {
  methods: {
    addUpdateContent: {
      parameters: [[TEXT, enumOf(ContentType)]],
      run: (fields, content: string, type: EnumValue) =>
        void listIn(fields, 'contents').push({ content, contentType: type.label }),
    },
    setUpdateType: choice('updateType', UpdateDraftBodyType),
  },
});

const UpdateDraftActionResponseBuilder = define('UpdateDraftActionResponseBuilder', CardObject, {
  methods: {
    setUpdateDraftToRecipientsAction: object('to', UpdateDraftToRecipientsAction),
    setUpdateDraftCcRecipientsAction: object('cc', UpdateDraftCcRecipientsAction),
    setUpdateDraftBccRecipientsAction: object('bcc', UpdateDraftBccRecipientsAction),
    setUpdateDraftSubjectAction: object('subject', UpdateDraftSubjectAction),
    setUpdateDraftBodyAction: object('body', UpdateDraftBodyAction),
    build: { parameters: [[]], run: (fields) => new UpdateDraftActionResponse({ updateDraft: plain(fields) }) },
  },
});

export const RESPONSE_CLASSES = {
  ActionResponseBuilder,
  ComposeActionResponseBuilder,
  Navigation,
  Notification,
  SuggestionsResponseBuilder,
  UniversalActionResponseBuilder,
  UpdateDraftActionResponseBuilder,
  UpdateDraftBccRecipientsAction,
  UpdateDraftBodyAction,
  UpdateDraftCcRecipientsAction,
  UpdateDraftSubjectAction,
  UpdateDraftToRecipientsAction,
};
