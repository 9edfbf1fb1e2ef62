/** An icon, up to three lines of text, and one button, switch or icon at the end (facts, platform 5.2). */
import { plainText } from '../formatted-text';
import { FormattedText } from '../formatted-text-view';
import { CardIcon } from '../icon';
import { isObject, text, type Json } from '../read';
import { CardButton } from './button';
import { Clickable } from './clickable';
import { SwitchControl } from './switch-control';

export function DecoratedText({ widget }: { widget: Json }) {
  const [top, main, bottom] = [lineOf(widget, 'topLabel'), text(widget['text']), lineOf(widget, 'bottomLabel')];
  const end = isObject(widget['button']) || isObject(widget['switchControl']);
  const lines = (
    <>
      {(isObject(widget['startIcon']) || isObject(widget['icon'])) && (
        <span class={`start ${text(widget['startIconVerticalAlignment']).toLowerCase()}`}>
          <CardIcon icon={widget['startIcon'] ?? widget['icon']} />
        </span>
      )}
      <span class={widget['wrapText'] === true ? 'lines' : 'lines one-line'}>
        {top !== '' && <span class="label top">{plainText(top)}</span>}
        <span class="main">
          <FormattedText source={main} />
        </span>
        {bottom !== '' && (
          <span class="label bottom">
            <FormattedText source={bottom} />
          </span>
        )}
      </span>
      {isObject(widget['endIcon']) && (
        <span class="end">
          <CardIcon icon={widget['endIcon']} />
        </span>
      )}
    </>
  );
  return (
    <div class="decorated-text">
      <Clickable onClick={widget['onClick']} class="body">
        {lines}
      </Clickable>
      {end && (
        <div class="end">
          {isObject(widget['button']) && <CardButton button={widget['button']} />}
          {isObject(widget['switchControl']) && (
            <SwitchControl
              control={widget['switchControl']}
              label={plainText([top, main].filter((line) => line !== '').join(' '))}
            />
          )}
        </div>
      )}
    </div>
  );
}

/** Labels are texts, or objects with a text (`topLabelText`). */
function lineOf(widget: Json, name: string): string {
  const rich = widget[`${name}Text`];
  return text(widget[name]) || (isObject(rich) ? text(rich['text']) : '');
}
