/** One card: its header with its menu, its sections, its footer. */
import { FormattedText } from './formatted-text-view';
import { NotDrawn } from './not-drawn';
import { Picture } from './picture';
import { isObject, objects, text, type Json } from './read';
import { Section } from './section';
import { CardButton } from './widgets/button';

const DRAWN = new Set([
  'header',
  'sections',
  'cardActions',
  'fixedFooter',
  'name',
  'displayStyle',
  'peekCardHeader',
  'sectionDividerStyle',
]);

export function CardView({ card }: { card: Json }) {
  const unknown = Object.keys(card).filter((key) => !DRAWN.has(key));
  return (
    <article class={card['sectionDividerStyle'] === 'NO_DIVIDER' ? 'card no-dividers' : 'card'}>
      <CardHeader header={card['header']} actions={objects(card['cardActions'])} />
      <div class="card-sections">
        {objects(card['sections']).map((section, index) => (
          <Section key={index} section={section} />
        ))}
        {unknown.map((name) => (
          <NotDrawn key={name} name={name} />
        ))}
      </div>
      {isObject(card['fixedFooter']) && <FixedFooter footer={card['fixedFooter']} />}
    </article>
  );
}

function CardHeader({ header, actions }: { header: unknown; actions: readonly Json[] }) {
  if (!isObject(header) && actions.length === 0) return null;
  const { title, subtitle, imageUrl, imageAltText, imageType } = isObject(header) ? header : ({} as Json);
  return (
    <header class="card-header">
      {text(imageUrl) !== '' && (
        <Picture url={text(imageUrl)} description={text(imageAltText)} class={imageType === 'CIRCLE' ? 'circle' : ''} />
      )}
      <div>
        <h2>
          <FormattedText source={text(title)} />
        </h2>
        {text(subtitle) !== '' && (
          <p>
            <FormattedText source={text(subtitle)} />
          </p>
        )}
      </div>
      {actions.length > 0 && (
        <CardButton
          button={{
            icon: { materialIcon: { name: 'more_vert' } },
            altText: 'Card menu',
            onClick: {
              overflowMenu: {
                items: actions.map((action) => ({ text: action['actionLabel'], onClick: action['onClick'] })),
              },
            },
          }}
        />
      )}
    </header>
  );
}

function FixedFooter({ footer }: { footer: Json }) {
  return (
    <footer class="card-footer">
      {isObject(footer['secondaryButton']) && <CardButton button={footer['secondaryButton']} />}
      {isObject(footer['primaryButton']) && <CardButton button={{ type: 'FILLED', ...footer['primaryButton'] }} />}
    </footer>
  );
}
