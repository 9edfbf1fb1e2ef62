import {
  forgetTyped,
  keepTyped,
  navigate,
  pop,
  setValue,
  stackOf,
  type Stack,
} from '../../../emulator/page/sidebar/stack';

const card = (name: string) => ({ name, sections: [{ widgets: [{ textInput: { name: 'field', value: name } }] }] });
const names = (stack: Stack) => stack.map((entry) => entry.card['name']);

describe('the stack of cards (facts, platform 5.2)', () => {
  const home = stackOf([card('home')]);

  test('pushes, pops and updates as the answer says', () => {
    const deep = navigate(home, [{ push: card('a') }, { push: card('b') }]);
    expect(names(deep)).toEqual(['home', 'a', 'b']);
    expect(names(navigate(deep, [{ update: card('c') }]))).toEqual(['home', 'a', 'c']);
    expect(names(navigate(deep, [{ pop: true }]))).toEqual(['home', 'a']);
    expect(names(navigate(deep, [{ popToRoot: true }, { update: card('fresh') }]))).toEqual(['fresh']);
    expect(names(navigate(deep, [{ popTo: 'a' }]))).toEqual(['home', 'a']);
    expect(names(navigate(deep, [{ popTo: 'nowhere' }]))).toEqual(['home', 'a', 'b']);
    expect(names(navigate(deep, [{ pushCard: card('d') }, { popCard: true }, { unknown: 1 }, 'x']))).toEqual([
      'home',
      'a',
      'b',
    ]);
  });

  test('the root card stays', () => {
    expect(names(pop(home))).toEqual(['home']);
    expect(names(navigate(home, [{ pop: true }, { pop: true }]))).toEqual(['home']);
  });

  test('several cards at once are a list of their headers, each opened by a click', () => {
    const [list] = stackOf([{ header: { title: 'One' } }, { header: { title: 'Two', subtitle: 'sub' } }]);
    expect(JSON.stringify(list.card)).toContain('"text":"Two","bottomLabel":"sub","onClick":{"card":{"header"');
    expect(stackOf([])).toEqual([]);
  });

  test('an updated card is drawn afresh: its fields are not those of the card before', () => {
    const updated = navigate(home, [{ update: card('home') }]);
    expect(updated[0].key).not.toBe(home[0].key);
  });

  test('what was typed belongs to the top card, and goes or stays as the action says', () => {
    const typed = setValue(navigate(home, [{ push: card('a') }]), 'field', 'typed');
    expect(typed.map(({ values }) => values['field'])).toEqual(['home', 'typed']);
    expect(forgetTyped(typed).at(-1)?.values['field']).toBe('a');
    const after = navigate(typed, [{ update: card('b') }]);
    expect(after.at(-1)?.values['field']).toBe('b');
    expect(keepTyped(typed, after).at(-1)?.values['field']).toBe('typed');
    expect(keepTyped(typed, navigate(typed, [{ update: { name: 'without' } }])).at(-1)?.values).toEqual({});
  });
});
