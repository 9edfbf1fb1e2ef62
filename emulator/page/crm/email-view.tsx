/** One e-mail of a conversation as the CRM has it. */
import { useState } from 'preact/hooks';
import { localAddress } from '../api/http';
import type { CrmEmail } from '../api/crm';
import { parseAddresses, shortName } from '../mail/addresses';
import { textFromHtml } from '../mail/text';
import { Attachments } from '../parts/attachments';
import { Icon } from '../parts/icon';
import { MessageBody } from '../parts/message-body';
import { briefMoment, longMoment } from '../parts/moment';
import { FactChip, StatusChip } from './chip';

interface EmailViewProps {
  readonly email: CrmEmail;
  readonly now: number;
  readonly openAtFirst: boolean;
  readonly onReply: () => void;
}

export function EmailView({ email, now, openAtFirst, onReply }: EmailViewProps) {
  const [open, setOpen] = useState(openAtFirst);
  const outbound = email.direction === 'outbound';
  const sender = parseAddresses(email.from)[0];
  return (
    <li class={`crm-email ${outbound ? 'outbound' : 'inbound'}`} data-email-id={email.id}>
      <button type="button" class="message-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={outbound ? 'arrowOut' : 'arrowIn'} size={18} title={outbound ? 'Outbound' : 'Inbound'} />
        <span class="who">
          <b>{sender === undefined ? email.from || '(no sender)' : shortName(sender)}</b>
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
          <Attachments files={email.attachments.map(fileOf)} />
          <button type="button" class="button quiet" onClick={onReply}>
            <Icon name="reply" size={18} />
            Reply in the CRM
          </button>
        </div>
      )}
    </li>
  );
}

function fileOf(address: string) {
  const name = decodeURIComponent(address.split(/[?#]/)[0].split('/').at(-1) ?? '') || 'attachment';
  return { name, type: '', size: undefined, load: () => load(address) };
}

/** Secure files are public for one hour only (facts, highlevel 0.11). */
async function load(address: string): Promise<Blob> {
  const local = localAddress(address);
  if (local === undefined) throw new Error(`No file at ${address}.`);
  const response = await fetch(local);
  if (!response.ok) throw new Error('This file is no longer public: its address is good for an hour.');
  return response.blob();
}
