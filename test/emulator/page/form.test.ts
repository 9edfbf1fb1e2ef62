import { initialForm, missingInputs } from '../../../emulator/page/cards/form';

const CARD = {
  sections: [
    {
      widgets: [
        { textInput: { name: 'token', label: 'Token', value: 'abc' } },
        { textInput: { name: 'empty' } },
        { selectionInput: { name: 'pick', type: 'DROPDOWN', items: [{ value: 'a' }, { value: 'b', selected: true }] } },
        { selectionInput: { name: 'first', type: 'DROPDOWN', items: [{ value: 'a' }, { value: 'b' }] } },
        {
          selectionInput: {
            name: 'boxes',
            type: 'CHECK_BOX',
            items: [
              { value: 'a', selected: true },
              { value: 'b', selected: true },
            ],
          },
        },
        { selectionInput: { name: 'none', type: 'RADIO_BUTTON', items: [{ value: 'a' }] } },
        { decoratedText: { text: 'x', switchControl: { name: 'on', value: 'yes', selected: true } } },
        { decoratedText: { text: 'x', switchControl: { name: 'off', value: 'yes' } } },
        { dateTimePicker: { name: 'day', type: 'DATE_ONLY', valueMsEpoch: '86400000' } },
        { dateTimePicker: { name: 'time', type: 'TIME_ONLY', valueMsEpoch: '5400000' } },
        { dateTimePicker: { name: 'both', type: 'DATE_AND_TIME', valueMsEpoch: '5400000' } },
        { dateTimePicker: { name: 'unset', type: 'DATE_ONLY' } },
        { columns: { columnItems: [{ widgets: [{ textInput: { name: 'deep', value: 'd' } }] }] } },
      ],
    },
  ],
};

describe('the form of a card', () => {
  test('holds what the card gives its inputs, wherever they are', () => {
    expect(initialForm(CARD)).toEqual({
      token: 'abc',
      empty: '',
      pick: ['b'],
      first: ['a'],
      boxes: ['a', 'b'],
      none: [],
      on: ['yes'],
      off: [],
      day: 86_400_000,
      time: { hours: 1, minutes: 30 },
      both: { msSinceEpoch: 5_400_000, hasDate: true, hasTime: true },
      unset: undefined,
      deep: 'd',
    });
  });

  test('knows which required inputs are empty', () => {
    const values = initialForm(CARD);
    expect(missingInputs(values, ['token', 'empty', 'none', 'unset'])).toEqual(['empty', 'none', 'unset']);
    expect(missingInputs({ ...values, empty: '  ' }, ['empty'])).toEqual(['empty']);
    expect(missingInputs(values, 'all')).toEqual(['empty', 'none', 'off', 'unset']);
    expect(missingInputs(values, [])).toEqual([]);
  });
});
