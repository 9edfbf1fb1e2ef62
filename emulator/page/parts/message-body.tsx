/** The body of a mail in a frame that runs nothing and loads nothing, as high as what is in it. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { bodyDocument } from '../mail/body-document';
import { useNotify } from '../shell/toasts';

const NO_IMAGES: ReadonlyMap<string, string> = new Map();

export function MessageBody({
  html,
  images = NO_IMAGES,
  title,
}: {
  html: string;
  images?: ReadonlyMap<string, string>;
  title: string;
}) {
  const notify = useNotify();
  const frame = useRef<HTMLIFrameElement>(null);
  const document = useMemo(() => bodyDocument(html, images), [html, images]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    let sizes: ResizeObserver | undefined;
    const loaded = () => {
      const inner = element.contentDocument;
      // Null while the document is being put in, whatever the types say.
      const body = inner?.body as HTMLElement | null | undefined;
      if (inner === null || body === null || body === undefined) return;
      const fit = () => {
        element.style.height = `${Math.ceil(body.getBoundingClientRect().height) + 6}px`;
      };
      fit();
      sizes?.disconnect();
      sizes = new ResizeObserver(fit);
      sizes.observe(body);
      inner.addEventListener('click', (event) => {
        const link = (event.target as Element).closest('a[href]');
        if (link === null) return;
        event.preventDefault();
        notify(`Links in mails are not followed here: ${link.getAttribute('href') ?? ''}`);
      });
    };
    element.addEventListener('load', loaded);
    loaded();
    return () => {
      element.removeEventListener('load', loaded);
      sizes?.disconnect();
    };
  }, [document]);
  // Same origin lets the page measure the frame; without allow-scripts nothing in it can use that.
  return <iframe ref={frame} class="message-body" sandbox="allow-same-origin" srcdoc={document} title={title} />;
}
