/** One message of a thread, folded or open. */
import type { Gmail } from '../api/gmail';
import { decodeEntities } from '../cards/formatted-text';
import { sameAddress, shortName, type MailAddress } from '../mail/addresses';
import { bytesOfBase64 } from '../mail/bytes';
import type { ReadAttachment, ReadMessage } from '../mail/gmail-message';
import type { AnswerKind } from '../mail/reply';
import { Attachments } from '../parts/attachments';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icon';
import { MessageBody } from '../parts/message-body';
import { briefMoment, longMoment } from '../parts/moment';
import { inlineImages } from '../mail/inline-images';
import { useLoaded } from '../shell/use-loaded';

interface MessageViewProps {
  readonly gmail: Gmail;
  readonly message: ReadMessage;
  readonly now: number;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly onAnswer: (kind: AnswerKind) => void;
}

export function MessageView({ gmail, message, now, open, onToggle, onAnswer }: MessageViewProps) {
  const sender = message.from[0] ?? { name: '(no sender)', address: '' };
  const own = sameAddress(sender.address, gmail.email);
  return (
    <li class={open ? 'message open' : 'message'}>
      <div class="message-head">
        <button type="button" class="message-toggle" aria-expanded={open} onClick={() => onToggle(!open)}>
          <Avatar name={shortName(sender)} />
          <span class="who">
            <b>{shortName(sender)}</b>
            {open && <span class="address">{sender.address}</span>}
          </span>
          <span class="when" title={longMoment(message.at)}>
            {open ? longMoment(message.at) : briefMoment(message.at, now)}
          </span>
          <span class="summary">{open ? recipientsText(message, gmail.email) : decodeEntities(message.snippet)}</span>
        </button>
        {open && (
          <button
            type="button"
            class="icon-button"
            aria-label={`Reply to ${own ? 'this' : shortName(sender)}`}
            onClick={() => onAnswer('reply')}
          >
            <Icon name="reply" size={18} />
          </button>
        )}
      </div>
      {open && <OpenMessage gmail={gmail} message={message} />}
    </li>
  );
}

function OpenMessage({ gmail, message }: { gmail: Gmail; message: ReadMessage }) {
  const bytesOf = async ({ data, attachmentId }: ReadAttachment) =>
    bytesOfBase64(data ?? (attachmentId === undefined ? '' : await gmail.attachment(message.id, attachmentId)));
  const { value: images } = useLoaded(`${gmail.email} ${message.id} images`, 0, () =>
    inlineImages(message.html, message.attachments, bytesOf),
  );
  const inline = (file: ReadAttachment) => file.contentId !== '' && message.html.includes(`cid:${file.contentId}`);
  return (
    <div class="message-content">
      <MessageBody html={message.html} images={images} title={`Message from ${message.from[0]?.address ?? 'nobody'}`} />
      <Attachments
        files={message.attachments
          .filter((file) => !inline(file))
          .map((file) => ({
            name: file.name,
            type: file.type,
            size: file.size,
            load: async () => new Blob([await bytesOf(file)], { type: file.type }),
          }))}
      />
    </div>
  );
}

function recipientsText({ to, cc }: ReadMessage, me: string): string {
  const names = (addresses: readonly MailAddress[]) =>
    addresses.map((entry) => (sameAddress(entry.address, me) ? 'me' : shortName(entry))).join(', ');
  return `to ${names(to) || 'nobody'}${cc.length > 0 ? `, cc ${names(cc)}` : ''}`;
}
