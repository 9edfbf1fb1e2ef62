/**
 * The functions that the manifest, triggers and cards name. Nothing but hand-over: each is assigned to `global`, which
 * the bundler turns into a top-level function (facts, tooling 4).
 */
import {
  act,
  armTimerFromEditor,
  consentReturned,
  insertTemplate,
  openActivity,
  openCompose,
  openHome,
  openMessage,
  openSettings,
  soonRun,
  syncNow,
  timerRun,
} from './cards/entries';

function onHomepage(event: unknown): GoogleAppsScript.Card_Service.Card {
  return openHome(event);
}

function onGmailMessage(event: unknown): GoogleAppsScript.Card_Service.Card {
  return openMessage(event);
}

function onCompose(event: unknown): GoogleAppsScript.Card_Service.Card {
  return openCompose(event);
}

function onInsertTemplate(event: unknown): GoogleAppsScript.Card_Service.UpdateDraftActionResponse {
  return insertTemplate(event);
}

function onSettings(event: unknown): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return openSettings(event);
}

function onActivity(event: unknown): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return openActivity(event);
}

function onSyncNow(event: unknown): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return syncNow(event);
}

function onAction(event: unknown): GoogleAppsScript.Card_Service.ActionResponse {
  return act(event);
}

/** Where the CRM's consent page leads back to; a state token names it. */
function onConsent(event: unknown): GoogleAppsScript.HTML.HtmlOutput {
  return consentReturned(event);
}

function onSyncTimer(): void {
  timerRun();
}

function onSyncSoon(): void {
  soonRun();
}

/** For the owner, in the script editor: there the platform allows a run every few minutes (facts, platform 1.2). */
function armSyncTrigger(): void {
  armTimerFromEditor();
}

global.onHomepage = onHomepage;
global.onGmailMessage = onGmailMessage;
global.onCompose = onCompose;
global.onInsertTemplate = onInsertTemplate;
global.onSettings = onSettings;
global.onActivity = onActivity;
global.onSyncNow = onSyncNow;
global.onAction = onAction;
global.onConsent = onConsent;
global.onSyncTimer = onSyncTimer;
global.onSyncSoon = onSyncSoon;
global.armSyncTrigger = armSyncTrigger;
