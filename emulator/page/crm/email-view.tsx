/** One e-mail of a conversation as the CRM has it. */
import { useState } from 'preact/hooks';
import { trackEmail } from '../api/control';
import type { Crm, CrmEmail } from '../api/crm';
import { parseAddresses, shortName } from '../mail/addresses';
import { textFromHtml } from '../mail/text';
import { Icon } from '../parts/icon';
import { MenuButton } from '../parts/menu-button';
import { MessageBody } from '../parts/message-body';
import { briefMoment, longMoment } from '../parts/moment';
import { useTask } from '../shell/use-task';
import { FactChip, StatusChip } from './chip';
import { CrmAttachments } from './crm-attachments';

interface EmailViewProps {
  readonly crm: Crm;
  readonly email: CrmEmail;
  /** Names of the CRM's people by address in lower case: logged mail has bare addresses. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: number;
  readonly openAtFirst: boolean;
  readonly onReply: () => void;
  readonly onChanged: () => void;
}

/** What the CRM may notice of a mail that went out. */
const TRACKED: readonly { text: string; status: string; error?: string }[] = [
  { text: 'The contact opened it', status: 'opened' },
  { text: 'The contact clicked a link', status: 'clicked' },
  { text: 'It failed', status: 'failed', error: '550 5.1.1 no such user' },
];

export function EmailView({ crm, email, names, now, openAtFirst, onReply, onChanged }: EmailViewProps) {
  const [open, setOpen] = useState(openAtFirst);
  const task = useTask();
  const outbound = email.direction === 'outbound';
  const sender = parseAddresses(email.from)[0];
  return (
    <li class={`crm-email ${outbound ? 'outbound' : 'inbound'}`} data-email-id={email.id}>
      <button type="button" class="message-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={outbound ? 'arrowOut' : 'arrowIn'} size={18} title={outbound ? 'Outbound' : 'Inbound'} />
        <span class="who">
          <b>
            {sender === undefined
              ? email.from || '(no sender)'
              : (names.get(sender.address.toLowerCase()) ?? shortName(sender))}
          </b>
        </span>
        <span class="when" title={longMoment(email.at)}>
          {briefMoment(email.at, now)}
        </span>
        <span class="summary">
          <span class="subject">{email.subject || '(no subject)'}</span>
          {!open && <span class="snippet">{textFromHtml(email.body).slice(0, 140)}</span>}
        </span>
      </button>
      <div class="facts">
        <StatusChip status={email.status} />
        <FactChip title="Source" text={email.source} />
        <FactChip title="Provider" text={email.provider} />
        {email.error !== '' && <span class="error-text">{email.error}</span>}
      </div>
      {open && (
        <div class="message-content">
          <p class="address-line">
            {email.from} → {email.to.join(', ')}
            {email.cc.length > 0 && `, cc ${email.cc.join(', ')}`}
          </p>
          <MessageBody html={email.body} title={`E-mail: ${email.subject}`} />
          <CrmAttachments crm={crm} addresses={email.attachments} />
          <div class="row">
            <button type="button" class="button quiet" onClick={onReply}>
              <Icon name="reply" size={18} />
              Reply in the CRM
            </button>
            {outbound && (
              <MenuButton
                class="button quiet"
                disabled={task.busy}
                items={TRACKED.map(({ text, status, error }) => ({
                  text,
                  choose: () =>
                    task.run(async () => {
                      await trackEmail(email.id, status, error);
                      onChanged();
                    }),
                }))}
              >
                What became of it
              </MenuButton>
            )}
          </div>
        </div>
      )}
    </li>
  );
}
