/** The enumerations of CardService. Names are those of the reference; the card holds them as `google.apps.card.v1` does. */
import { enumeration } from '../realm/script-object';

const named = <Label extends string>(name: string, ...labels: readonly Label[]) =>
  enumeration(`CardService.${name}`, labels);

export const BorderType = named('BorderType', 'NO_BORDER', 'STROKE');
export const ChipListLayout = named('ChipListLayout', 'WRAPPED', 'HORIZONTAL_SCROLLABLE');
export const ComposedEmailType = named('ComposedEmailType', 'REPLY_AS_DRAFT', 'STANDALONE_DRAFT');
export const ContentType = named('ContentType', 'TEXT', 'MUTABLE_HTML', 'IMMUTABLE_HTML');
export const DisplayStyle = named('DisplayStyle', 'PEEK', 'REPLACE');
export const GridItemLayout = named('GridItemLayout', 'TEXT_BELOW', 'TEXT_ABOVE');
export const HorizontalAlignment = named('HorizontalAlignment', 'START', 'CENTER', 'END');
export const HorizontalSizeStyle = named('HorizontalSizeStyle', 'FILL_AVAILABLE_SPACE', 'FILL_MINIMUM_SPACE');
export const ImageButtonStyle = named('ImageButtonStyle', 'OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS');
export const ImageCropType = named('ImageCropType', 'SQUARE', 'CIRCLE', 'RECTANGLE_CUSTOM', 'RECTANGLE_4_3');
export const ImageStyle = named('ImageStyle', 'SQUARE', 'CIRCLE');
export const InputType = named('InputType', 'TEXT', 'INTEGER', 'FLOAT', 'EMAIL');
export const Interaction = named('Interaction', 'INTERACTION_UNSPECIFIED', 'OPEN_DIALOG');
export const LoadIndicator = named('LoadIndicator', 'SPINNER', 'NONE');
export const OnClose = named('OnClose', 'NOTHING', 'RELOAD', 'RELOAD_ADD_ON');
export const OpenAs = named('OpenAs', 'FULL_SIZE', 'OVERLAY');
export const SelectionInputType = named(
  'SelectionInputType',
  'CHECK_BOX',
  'RADIO_BUTTON',
  'DROPDOWN',
  'SWITCH',
  'MULTI_SELECT',
);
export const SwitchControlType = named('SwitchControlType', 'SWITCH', 'CHECK_BOX');
export const TextButtonStyle = named('TextButtonStyle', 'OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS');
export const UpdateDraftBodyType = named('UpdateDraftBodyType', 'IN_PLACE_INSERT', 'INSERT_AT_START', 'INSERT_AT_END');
export const VerticalAlignment = named('VerticalAlignment', 'CENTER', 'TOP', 'BOTTOM');
export const Visibility = named('Visibility', 'VISIBLE', 'HIDDEN');
export const WrapStyle = named('WrapStyle', 'NOWRAP', 'WRAP');

export const Icon = named(
  'Icon',
  'NONE',
  'AIRPLANE',
  'BOOKMARK',
  'BUS',
  'CAR',
  'CLOCK',
  'CONFIRMATION_NUMBER_ICON',
  'DOLLAR',
  'DESCRIPTION',
  'EMAIL',
  'EVENT_PERFORMER',
  'EVENT_SEAT',
  'FLIGHT_ARRIVAL',
  'FLIGHT_DEPARTURE',
  'HOTEL',
  'HOTEL_ROOM_TYPE',
  'INVITE',
  'MAP_PIN',
  'MEMBERSHIP',
  'MULTIPLE_PEOPLE',
  'OFFER',
  'PERSON',
  'PHONE',
  'RESTAURANT_ICON',
  'SHOPPING_CART',
  'STAR',
  'STORE',
  'TICKET',
  'TRAIN',
  'VIDEO_CAMERA',
  'VIDEO_PLAY',
);
