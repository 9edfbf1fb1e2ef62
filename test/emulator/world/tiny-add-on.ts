/**
 * The smallest add-on that keeps the world busy: it connects, changes its address and disconnects through cards as the
 * real one does, and its timer reads Gmail and the CRM and writes both.
 */
import type { AppsScriptManifest } from '../../../emulator/apps-script/manifest';
import { World, type WorldKind } from '../../../emulator/world/world';

export const MANIFEST: AppsScriptManifest = {
  timeZone: 'Etc/UTC',
  oauthScopes: [
    'https://www.googleapis.com/auth/gmail.modify',
    'https://www.googleapis.com/auth/script.external_request',
    'https://www.googleapis.com/auth/script.scriptapp',
    'https://www.googleapis.com/auth/userinfo.email',
  ],
  urlFetchWhitelist: [
    'https://gmail.googleapis.com/',
    'https://services.leadconnectorhq.com/',
    'https://nowhere.example/',
  ],
  addOns: {
    common: {
      homepageTrigger: { runFunction: 'onHomepage' },
      universalActions: [{ label: 'Settings', runFunction: 'onSettings' }],
      openLinkUrlPrefixes: ['https://marketplace.gohighlevel.com/'],
    },
    gmail: { contextualTriggers: [{ onTriggerFunction: 'onGmailMessage' }] },
  },
};

export const BUNDLE = `
function properties() { return PropertiesService.getUserProperties(); }
function button(text, what) {
  return CardService.newTextButton().setText(text).setOnClickAction(
    CardService.newAction().setFunctionName('onAction').setParameters({ do: what }));
}
function card(widgets) {
  var section = CardService.newCardSection();
  widgets.forEach(function (widget) { section.addWidget(widget); });
  return CardService.newCardBuilder().addSection(section).build();
}
function text(value) { return CardService.newTextParagraph().setText(value); }
function push(built) {
  return CardService.newActionResponseBuilder().setNavigation(CardService.newNavigation().pushCard(built)).build();
}
function say(value) {
  return CardService.newActionResponseBuilder().setNotification(CardService.newNotification().setText(value)).build();
}
function choice(name, values, selected) {
  var input = CardService.newSelectionInput().setFieldName(name).setTitle(name).setType(CardService.SelectionInputType.DROPDOWN);
  values.forEach(function (value) { input.addItem(value, value, value === selected); });
  return input;
}
function addresses() {
  var me = Session.getEffectiveUser().getEmail();
  return [me, me.replace('@', '+sales@')];
}
function onHomepage(e) {
  var connected = properties().getProperty('address');
  if (connected) return card([text('Connected as ' + connected + ' in ' + e.commonEventObject.timeZone.id)]);
  if (properties().getProperty('code')) return finishCard();
  return formCard();
}
function formCard() {
  return card([
    CardService.newTextInput().setFieldName('token').setTitle('Token'),
    CardService.newTextInput().setFieldName('location').setTitle('Location'),
    button('Connect', 'connect.check'),
    button('Connect with OAuth', 'connect.oauth')
  ]);
}
function finishCard() {
  return card([choice('address', addresses(), addresses()[0]), choice('crmUser', ['none'], 'none'), button('Finish', 'connect.finish')]);
}
function onGmailMessage(e) { return card([text('Message ' + e.gmail.messageId + ' of ' + e.gmail.threadId)]); }
function onSettings() {
  var connected = properties().getProperty('address');
  var built = card(connected ? [button('Change address', 'address.show'), button('Connect again', 'connect.show'), button('Disconnect', 'disconnect.ask')] : [text('Not connected')]);
  return CardService.newUniversalActionResponseBuilder().displayAddOnCards([built]).build();
}
function onAction(e) {
  var what = e.commonEventObject.parameters.do;
  var inputs = e.commonEventObject.formInputs || {};
  function input(name) { return inputs[name] ? inputs[name].stringInputs.value[0] : ''; }
  if (what === 'connect.check') {
    if (input('token').indexOf('pit-') !== 0) return push(card([text('This token is not one of a <b>private integration</b>.')]));
    properties().setProperty('token', input('token'));
    properties().setProperty('location', input('location'));
    return push(finishCard());
  }
  if (what === 'connect.oauth') {
    var state = ScriptApp.newStateToken().withMethod('onCallback').withTimeout(3600).createToken();
    var app = PropertiesService.getScriptProperties().getProperties();
    return CardService.newActionResponseBuilder().setOpenLink(CardService.newOpenLink().setUrl(
      'https://marketplace.gohighlevel.com/oauth/chooselocation?response_type=code&client_id=' + app['oauth.clientId'] +
      '&redirect_uri=' + encodeURIComponent('https://script.google.com/macros/d/' + ScriptApp.getScriptId() + '/usercallback') +
      '&scope=contacts.readonly&state=' + state)).build();
  }
  if (what === 'connect.show') return push(formCard());
  if (what === 'connect.finish' && PropertiesService.getScriptProperties().getProperty('claimed')) {
    return push(card([text('Another mailbox is connected'), button('Take over', 'connect.take')]));
  }
  if (what === 'connect.take') {
    properties().setProperty('address', addresses()[0]);
    return say('Taken over');
  }
  if (what === 'connect.finish' || what === 'address.change') {
    properties().setProperty('address', input('address'));
    if (what === 'connect.finish') ScriptApp.newTrigger('onSyncTimer').timeBased().everyHours(1).create();
    return say('Connected as ' + input('address'));
  }
  if (what === 'address.show') return push(card([choice('address', addresses(), properties().getProperty('address')), button('Change', 'address.change')]));
  if (what === 'disconnect.ask') return push(card([text('Really?'), button('Yes', 'disconnect.do')]));
  if (what === 'disconnect.do') {
    properties().deleteAllProperties();
    ScriptApp.getProjectTriggers().forEach(function (trigger) { ScriptApp.deleteTrigger(trigger); });
    return say('Disconnected');
  }
  throw new Error('no such action: ' + what);
}
function onCallback(e) {
  properties().setProperty('code', e.parameter.code);
  return HtmlService.createHtmlOutput('<p>You can close this window.</p>');
}
function gmail(method, path, body) {
  return { url: 'https://gmail.googleapis.com/gmail/v1/users/me/' + path, method: method, contentType: 'application/json',
    headers: { authorization: 'Bearer ' + ScriptApp.getOAuthToken() }, payload: body && JSON.stringify(body), muteHttpExceptions: true };
}
function onSyncTimer() {
  var store = properties();
  var answers = UrlFetchApp.fetchAll([
    gmail('get', 'profile'),
    { url: 'https://services.leadconnectorhq.com/locations/' + store.getProperty('location'), muteHttpExceptions: true,
      headers: { authorization: 'Bearer ' + store.getProperty('token'), version: '2021-07-28', accept: 'application/json' } }
  ]);
  var me = JSON.parse(answers[0].getContentText()).emailAddress;
  var raw = 'From: ' + me + '\\r\\nTo: ' + me + '\\r\\nSubject: Pass ' + Utilities.getUuid() + '\\r\\n\\r\\nx\\r\\n';
  UrlFetchApp.fetchAll([gmail('post', 'messages', { raw: Utilities.base64EncodeWebSafe(raw), labelIds: ['INBOX'] })]);
  store.setProperty('passes', String(Number(store.getProperty('passes') || 0) + 1));
  console.log('pass ' + store.getProperty('passes') + ' ' + answers[1].getResponseCode());
}
function nowhere() { return UrlFetchApp.fetchAll([{ url: 'https://nowhere.example/' }]); }
`;

export function tinyWorld(seed = 1, world: WorldKind = 'empty'): World {
  return World.create({ seed, world, bundle: BUNDLE, manifest: MANIFEST });
}

/** A copy of the whole world as one text, to compare worlds byte for byte. */
export function bytesOf(world: World): string {
  return JSON.stringify(world.snapshot(), (_key, value: unknown) => {
    if (value instanceof Map || value instanceof Set) return [...value];
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}
