/** Icons of cards: known ones by name, Material ones by the nearest of the page's own, addresses as pictures. */
import { Icon } from '../parts/icon';
import type { IconName } from '../parts/icon-paths';
import { Picture } from './picture';
import { isObject, text, type Json } from './read';

/** `knownIcon` of the card schema. */
const KNOWN: Readonly<Record<string, IconName>> = {
  BOOKMARK: 'flag',
  CLOCK: 'clock',
  CONFIRMATION_NUMBER_ICON: 'label',
  DESCRIPTION: 'draft',
  DOLLAR: 'money',
  EMAIL: 'mail',
  EVENT_SEAT: 'calendar',
  INVITE: 'calendar',
  MAP_PIN: 'flag',
  MEMBERSHIP: 'people',
  MULTIPLE_PEOPLE: 'people',
  PERSON: 'person',
  PHONE: 'phone',
  STAR: 'star',
  STORE: 'building',
  TICKET: 'label',
};

/** Names of Material Symbols, as far as add-ons for mail use them. */
const MATERIAL: Readonly<Record<string, IconName>> = {
  account_circle: 'person',
  add: 'add',
  add_circle: 'add',
  alternate_email: 'mail',
  apartment: 'building',
  archive: 'archive',
  arrow_back: 'arrowBack',
  attach_file: 'attachment',
  block: 'stop',
  bolt: 'bolt',
  business: 'building',
  calendar_month: 'calendar',
  calendar_today: 'calendar',
  call: 'phone',
  cancel: 'close',
  chat: 'chat',
  check: 'check',
  check_circle: 'checkCircle',
  chevron_right: 'chevronRight',
  close: 'close',
  contact_mail: 'mail',
  delete: 'trash',
  description: 'draft',
  do_not_disturb: 'stop',
  do_not_disturb_on: 'stop',
  domain: 'building',
  done: 'check',
  done_all: 'check',
  download: 'download',
  draft: 'draft',
  drafts: 'mailOpen',
  edit: 'edit',
  error: 'error',
  event: 'calendar',
  fact_check: 'task',
  flag: 'flag',
  folder: 'folder',
  forward: 'forward',
  group: 'people',
  groups: 'people',
  handshake: 'people',
  help: 'info',
  history: 'clock',
  hourglass_empty: 'clock',
  hourglass_top: 'clock',
  image: 'image',
  inbox: 'inbox',
  info: 'info',
  key: 'key',
  label: 'label',
  link: 'link',
  link_off: 'stop',
  list: 'list',
  lock: 'shield',
  logout: 'close',
  mail: 'mail',
  manage_accounts: 'settings',
  mark_email_read: 'mailOpen',
  mark_email_unread: 'mail',
  menu: 'list',
  more_vert: 'more',
  monetization_on: 'money',
  note: 'note',
  note_add: 'note',
  notes: 'note',
  notifications: 'info',
  open_in_new: 'arrowOut',
  outbox: 'send',
  paid: 'money',
  pause: 'pause',
  pause_circle: 'pause',
  payments: 'money',
  pending: 'clock',
  person: 'person',
  person_add: 'person',
  phone: 'phone',
  play_arrow: 'play',
  play_circle: 'play',
  policy: 'shield',
  priority_high: 'warning',
  receipt_long: 'list',
  refresh: 'refresh',
  reply: 'reply',
  report: 'spam',
  schedule: 'clock',
  search: 'search',
  sell: 'label',
  send: 'send',
  settings: 'settings',
  shield: 'shield',
  speed: 'bolt',
  star: 'star',
  sticky_note_2: 'note',
  stop_circle: 'stop',
  sync: 'sync',
  sync_disabled: 'stop',
  sync_problem: 'warning',
  tag: 'label',
  task: 'task',
  task_alt: 'checkCircle',
  timer: 'clock',
  undo: 'undo',
  update: 'clock',
  verified: 'shield',
  visibility: 'info',
  visibility_off: 'stop',
  warning: 'warning',
};

/** `icon`, `startIcon`, `endIcon`: one of knownIcon, materialIcon, iconUrl. */
export function CardIcon({ icon, size = 20 }: { icon: unknown; size?: number }) {
  if (!isObject(icon)) return null;
  const title = text(icon['altText']) || undefined;
  const url = text(icon['iconUrl']);
  if (url !== '') {
    const circle = icon['imageType'] === 'CIRCLE';
    return <Picture url={url} description={title ?? ''} class={circle ? 'card-icon circle' : 'card-icon'} />;
  }
  const { name, known } = nameOf(icon);
  return known === undefined ? (
    <span
      class="card-icon letter"
      title={`icon ${name}`}
      aria-label={title}
      role={title === undefined ? undefined : 'img'}
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  ) : (
    <span class="card-icon">
      <Icon name={known} title={title} size={size} />
    </span>
  );
}

function nameOf(icon: Json): { name: string; known: IconName | undefined } {
  const material = isObject(icon['materialIcon']) ? text(icon['materialIcon']['name']) : '';
  if (material !== '') return { name: material, known: MATERIAL[material] };
  const name = text(icon['knownIcon']);
  return { name, known: KNOWN[name] };
}
