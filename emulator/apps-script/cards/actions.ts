/** What a click does: actions, links, authorization, menus (facts, platform 5.1, 5.2). One click handler a widget. */
import { enumOf, instanceOf, STRING, TEXT_MAP } from '../realm/parameters';
import type { EnumValue } from '../realm/script-object';
import { adder, boolean, CardObject, choice, define, listIn, object, text, type Json, type Method } from './builder';
import { ComposedEmailType, Interaction, LoadIndicator, OnClose, OpenAs } from './enums';
import { IconImage } from './icons';

export const Action = define('Action', CardObject, {
  methods: {
    setFunctionName: text('function'),
    // Texts only; anything else throws (facts, platform 5.1).
    setParameters: {
      parameters: [[TEXT_MAP]],
      run: (fields, map: Readonly<Record<string, string>>) =>
        void (fields.parameters = Object.entries(map).map(([key, value]) => ({ key, value }))),
    },
    setLoadIndicator: choice('loadIndicator', LoadIndicator),
    setPersistValues: boolean('persistValues'),
    setInteraction: choice('interaction', Interaction),
    setAllWidgetsAreRequired: boolean('allWidgetsAreRequired'),
    addRequiredWidget: {
      parameters: [[STRING]],
      run: (fields, name: string) => void listIn(fields, 'requiredWidgets').push(name),
    },
  },
});

export const OpenLink = define('OpenLink', CardObject, {
  methods: { setUrl: text('url'), setOpenAs: choice('openAs', OpenAs), setOnClose: choice('onClose', OnClose) },
});

export const AuthorizationAction = define('AuthorizationAction', CardObject, {
  methods: { setAuthorizationUrl: text('authorizationUrl') },
});

/** The handler replaces an earlier one. */
function handler(kind: string, type: typeof Action): Method {
  return {
    parameters: [[instanceOf(type)]],
    run: (fields, value: CardObject) => void (fields.onClick = new OnClick(kind, value)),
  };
}

class OnClick extends CardObject {
  constructor(
    private readonly kind: string,
    private readonly what: CardObject,
    private readonly more: Json = {},
  ) {
    super();
  }

  override toCard(): Json {
    return { [this.kind]: this.what.toCard(), ...this.more };
  }
}

export const CLICKS: Readonly<Record<string, Method>> = {
  setOnClickAction: handler('action', Action),
  setOnClickOpenLinkAction: handler('openDynamicLinkAction', Action),
  setOpenLink: handler('openLink', OpenLink),
  setAuthorizationAction: handler('authorizationAction', AuthorizationAction),
  setComposeAction: {
    parameters: [[instanceOf(Action), enumOf(ComposedEmailType)]],
    run: (fields, action: CardObject, type: EnumValue) =>
      void (fields.onClick = new OnClick('composeAction', action, { composedEmailType: type.label })),
  },
};

const OverflowMenuItem = define('OverflowMenuItem', CardObject, {
  methods: {
    ...CLICKS,
    setText: text('text'),
    setStartIcon: object('startIcon', IconImage),
    setDisabled: boolean('disabled'),
  },
});

export const OverflowMenu = define('OverflowMenu', CardObject, {
  methods: { addMenuItem: adder('items', OverflowMenuItem) },
});

/** Buttons may open a menu instead. */
export const BUTTON_CLICKS: Readonly<Record<string, Method>> = {
  ...CLICKS,
  setOverflowMenu: handler('overflowMenu', OverflowMenu),
};

export const CardAction = define('CardAction', CardObject, {
  methods: { ...CLICKS, setText: text('actionLabel') },
});

export const ACTION_CLASSES = { Action, AuthorizationAction, CardAction, OpenLink, OverflowMenu, OverflowMenuItem };
