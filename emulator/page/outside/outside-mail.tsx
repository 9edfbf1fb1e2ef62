/** One mail as its recipient outside sees it, with where an answer to it would go. */
import { useState } from 'preact/hooks';
import { shortName } from '../mail/addresses';
import { bytesOfBase64 } from '../mail/bytes';
import { inlineImages } from '../mail/inline-images';
import type { RawAttachment, RawMessage } from '../mail/raw-message';
import type { AnswerKind } from '../mail/reply';
import { Attachments } from '../parts/attachments';
import { Avatar } from '../parts/avatar';
import { Icon } from '../parts/icon';
import { MessageBody } from '../parts/message-body';
import { briefMoment, longMoment } from '../parts/moment';
import { useLoaded } from '../shell/use-loaded';

interface OutsideMailProps {
  readonly mail: RawMessage;
  readonly now: number;
  readonly openAtFirst: boolean;
  readonly onAnswer: (kind: AnswerKind) => void;
}

export function OutsideMail({ mail, now, openAtFirst, onAnswer }: OutsideMailProps) {
  const [open, setOpen] = useState(openAtFirst);
  const sender = mail.from[0] ?? { name: '(no sender)', address: '' };
  return (
    <li class={open ? 'message open' : 'message'}>
      <button type="button" class="message-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Avatar name={shortName(sender)} />
        <span class="who">
          <b>{shortName(sender)}</b>
          {open && <span class="address">{sender.address}</span>}
        </span>
        <span class="when" title={longMoment(mail.at)}>
          {briefMoment(mail.at, now)}
        </span>
        <span class="summary">
          <span class="subject">{mail.subject || '(no subject)'}</span>
          {!open && <span class="snippet">{mail.text.slice(0, 140)}</span>}
        </span>
      </button>
      {open && <OpenMail mail={mail} onAnswer={onAnswer} />}
    </li>
  );
}

function OpenMail({ mail, onAnswer }: { mail: RawMessage; onAnswer: (kind: AnswerKind) => void }) {
  const bytesOf = (file: RawAttachment) => Promise.resolve(bytesOfBase64(file.data));
  const { value: images } = useLoaded(`${mail.messageId} ${mail.at} images`, 0, () =>
    inlineImages(mail.html, mail.attachments, bytesOf),
  );
  const files = mail.attachments.filter(({ contentId }) => contentId === '' || !mail.html.includes(`cid:${contentId}`));
  const answersGoTo = (mail.replyTo.length > 0 ? mail.replyTo : mail.from).map(({ address }) => address).join(', ');
  return (
    <div class="message-content">
      <p class="address-line">Answers go to {answersGoTo || 'nobody'}</p>
      <MessageBody html={mail.html} images={images} title={`Mail: ${mail.subject}`} />
      <Attachments
        files={files.map((file) => ({
          name: file.name,
          type: file.type,
          size: file.size,
          load: async () => new Blob([await bytesOf(file)], { type: file.type }),
        }))}
      />
      <div class="answer-bar">
        <button type="button" class="button" onClick={() => onAnswer('reply')}>
          <Icon name="reply" size={18} />
          Answer
        </button>
        <button type="button" class="button quiet" onClick={() => onAnswer('reply-all')}>
          <Icon name="replyAll" size={18} />
          Answer all
        </button>
      </div>
    </div>
  );
}
