/**
 * A card as plain values. Every text in it is what is to be read, without markup: the renderer escapes it, so that
 * nothing out of a mail or out of the CRM can become a link or a colour.
 */

export type Span =
  | string
  | { readonly bold: string }
  /** Of less weight. */
  | { readonly quiet: string }
  | { readonly link: string; readonly url: string };

export type Text = string | readonly Span[];

/** Names of Google's Material symbols (facts, platform 5.2). */
export type IconName =
  | 'sync'
  | 'check_circle'
  | 'schedule'
  | 'warning'
  | 'error'
  | 'info'
  | 'mail'
  | 'outbox'
  | 'inbox'
  | 'person'
  | 'business'
  | 'block'
  | 'link'
  | 'link_off'
  | 'draft'
  | 'lock'
  | 'attach_file'
  | 'paid'
  | 'task_alt'
  | 'description'
  | 'event'
  | 'call'
  | 'sell'
  | 'group'
  | 'history';

export interface ActionButton {
  readonly text: string;
  readonly do: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The one main button of a card. */
  readonly filled?: true;
  /** Form fields without which a click says so instead of being sent. */
  readonly required?: readonly string[];
}

/** What a click or a change starts. */
export type Act = Pick<ActionButton, 'do' | 'parameters'>;

export interface LinkButton {
  readonly text: string;
  readonly url: string;
  /** Shows the cards anew when the page that it opened is closed. */
  readonly reload?: true;
}

export type Button = ActionButton | LinkButton;

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly selected: boolean;
}

export type Widget =
  | { readonly kind: 'text'; readonly text: Text }
  | {
      readonly kind: 'row';
      readonly icon?: IconName;
      /** In small letters above and below; always without markup. */
      readonly above?: string;
      readonly text: Text;
      readonly below?: string;
      readonly button?: Button;
      readonly url?: string;
      /** A click on the row itself; not beside `url`. */
      readonly open?: Act;
    }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | {
      readonly kind: 'input';
      readonly name: string;
      readonly title: string;
      readonly hint?: string;
      readonly value?: string;
      readonly lines?: true;
      /** In characters. */
      readonly most?: number;
    }
  /** Of a calendar, without a time. */
  | {
      readonly kind: 'date';
      readonly name: string;
      readonly title: string;
      /** Midnight of the day in UTC, as the platform hands it out. */
      readonly value?: number;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly title: string;
      readonly type: 'dropdown' | 'radio' | 'checks';
      readonly choices: readonly Choice[];
      /** Started as soon as something else is chosen. */
      readonly change?: Act;
    }
  | { readonly kind: 'divider' };

export interface Section {
  readonly title?: string;
  readonly widgets: readonly Widget[];
  /** Closed at first, but for this many widgets. */
  readonly open?: number;
}

export interface Card {
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly Section[];
  readonly footer?: { readonly main: Button; readonly other?: Button };
}

export function text(content: Text): Widget {
  return { kind: 'text', text: content };
}

export function buttons(...list: readonly Button[]): Widget {
  return { kind: 'buttons', buttons: list };
}

/** A section, or none where there is nothing in it. */
export function section(title: string | undefined, widgets: readonly Widget[], open?: number): Section[] {
  return widgets.length === 0 ? [] : [{ title, widgets, open }];
}
