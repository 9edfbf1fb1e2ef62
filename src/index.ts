/**
 * The functions that the manifest, triggers and cards name. Nothing but hand-over: each is assigned to `global`, which
 * the bundler turns into a top-level function (facts, tooling 4).
 */

/** A card that says where to begin; the homepage's answer. */
function card(text: string): GoogleAppsScript.Card_Service.Card {
  const section = CardService.newCardSection().addWidget(CardService.newTextParagraph().setText(text));
  return CardService.newCardBuilder().addSection(section).build();
}

function opened(text: string): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return CardService.newUniversalActionResponseBuilder()
    .displayAddOnCards([card(text)])
    .build();
}

function onHomepage(): GoogleAppsScript.Card_Service.Card {
  return card('Threadlink is not connected yet.');
}

function onGmailMessage(): GoogleAppsScript.Card_Service.Card {
  return onHomepage();
}

function onSettings(): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return opened('Threadlink is not connected yet.');
}

function onActivity(): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return opened('Nothing has been synced yet.');
}

function onSyncNow(): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return opened('Threadlink is not connected yet.');
}

function onAction(): GoogleAppsScript.Card_Service.ActionResponse {
  const navigation = CardService.newNavigation().updateCard(onHomepage());
  return CardService.newActionResponseBuilder().setNavigation(navigation).build();
}

function onSyncTimer(): void {
  PropertiesService.getUserProperties().getProperty('head');
}

function onSyncSoon(): void {
  onSyncTimer();
}

function armSyncTrigger(): void {
  ScriptApp.newTrigger('onSyncTimer').timeBased().everyMinutes(5).create();
}

global.onHomepage = onHomepage;
global.onGmailMessage = onGmailMessage;
global.onSettings = onSettings;
global.onActivity = onActivity;
global.onSyncNow = onSyncNow;
global.onAction = onAction;
global.onSyncTimer = onSyncTimer;
global.onSyncSoon = onSyncSoon;
global.armSyncTrigger = armSyncTrigger;
