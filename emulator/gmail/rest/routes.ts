/** Every method of the API that is emulated: its path, scopes, quota units (facts, platform 3.1) and query. */
import { getAttachment } from '../methods/attachments';
import { createDraft, deleteDraft, getDraft, listDrafts, sendDraftCall, updateDraft } from '../methods/drafts';
import { listHistory } from '../methods/history';
import { createLabel, deleteLabel, getLabel, listLabels, patchLabel, updateLabel } from '../methods/labels';
import * as messages from '../methods/messages';
import { getProfile, getSendAs, listSendAs } from '../methods/profile';
import * as threads from '../methods/threads';
import { importMessage, insertMessage, sendMessage } from '../methods/write';
import type { Call, Json } from './call';
import { notImplemented } from './errors';
import * as scope from './scopes';

export interface Route {
  /** `messages.get`, as the reference names it. */
  readonly id: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly scopes: readonly string[];
  readonly units: number;
  /** Names of the query that only this method knows. */
  readonly query: readonly string[];
  /** Also served under `/upload`. */
  readonly upload: boolean;
  /** The fields that a body may have, those inside one with a dot. */
  readonly body: readonly string[];
  readonly run: (call: Call) => Json | undefined;
}

const LIST = ['q', 'labelIds', 'maxResults', 'pageToken', 'includeSpamTrash'];
const GET = ['format', 'metadataHeaders'];
const CHANGE = ['addLabelIds', 'removeLabelIds'];
const LABEL =
  'id name messageListVisibility labelListVisibility type color messagesTotal messagesUnread threadsTotal threadsUnread'.split(
    ' ',
  );
const MESSAGE =
  'id threadId labelIds snippet historyId internalDate payload sizeEstimate raw classificationLabelValues'.split(' ');
const DRAFT = ['id', 'message', ...MESSAGE.map((name) => `message.${name}`)];

function route(
  id: string,
  verb: string,
  scopes: readonly string[],
  units: number,
  run: Route['run'],
  { query = [], upload = false, body = [] }: Partial<Pick<Route, 'query' | 'upload' | 'body'>> = {},
): Route {
  const [method, path] = verb.split(' ');
  return { id, method, segments: path.split('/'), scopes, units, query, upload, body, run };
}

const notEmulated = (what: string) => (): never => {
  throw notImplemented(`${what} is not emulated.`);
};

export const ROUTES: readonly Route[] = [
  route('getProfile', 'GET profile', scope.PROFILE, 1, getProfile),
  route('watch', 'POST watch', scope.READ_OR_METADATA, 100, notEmulated('watch')),
  route('stop', 'POST stop', scope.READ_OR_METADATA, 50, notEmulated('stop')),

  route('messages.list', 'GET messages', scope.READ_OR_METADATA, 5, messages.listMessages, { query: LIST }),
  route('messages.send', 'POST messages/send', scope.SEND, 100, sendMessage, { upload: true, body: MESSAGE }),
  route('messages.import', 'POST messages/import', scope.INSERT, 25, importMessage, {
    upload: true,
    body: MESSAGE,
    query: ['internalDateSource', 'neverMarkSpam', 'processForCalendar', 'deleted'],
  }),
  route('messages.batchModify', 'POST messages/batchModify', scope.MODIFY, 50, messages.batchModify, {
    body: ['ids', ...CHANGE],
  }),
  route('messages.batchDelete', 'POST messages/batchDelete', scope.ALL, 50, messages.batchDelete, { body: ['ids'] }),
  route('messages.insert', 'POST messages', scope.INSERT, 25, insertMessage, {
    upload: true,
    body: MESSAGE,
    query: ['internalDateSource', 'deleted'],
  }),
  route('messages.get', 'GET messages/{id}', scope.READ_OR_METADATA, 20, messages.getMessage, { query: GET }),
  route('messages.delete', 'DELETE messages/{id}', scope.ALL, 10, messages.deleteOne),
  route('messages.modify', 'POST messages/{id}/modify', scope.MODIFY, 5, messages.modifyMessage, { body: CHANGE }),
  route('messages.trash', 'POST messages/{id}/trash', scope.MODIFY, 20, messages.trashMessage),
  route('messages.untrash', 'POST messages/{id}/untrash', scope.MODIFY, 20, messages.untrashMessage),
  route('messages.attachments.get', 'GET messages/{messageId}/attachments/{id}', scope.READ, 20, getAttachment),

  route('threads.list', 'GET threads', scope.READ_OR_METADATA, 10, threads.listThreads, { query: LIST }),
  route('threads.get', 'GET threads/{id}', scope.READ_OR_METADATA, 40, threads.getThread, { query: GET }),
  route('threads.delete', 'DELETE threads/{id}', scope.ALL, 20, threads.deleteThread),
  route('threads.modify', 'POST threads/{id}/modify', scope.MODIFY, 10, threads.modifyThread, { body: CHANGE }),
  route('threads.trash', 'POST threads/{id}/trash', scope.MODIFY, 20, threads.trashThread),
  route('threads.untrash', 'POST threads/{id}/untrash', scope.MODIFY, 20, threads.untrashThread),

  route('drafts.list', 'GET drafts', scope.DRAFTS_READ, 5, listDrafts, {
    query: ['q', 'maxResults', 'pageToken', 'includeSpamTrash'],
  }),
  route('drafts.create', 'POST drafts', scope.DRAFTS, 10, createDraft, { upload: true, body: DRAFT }),
  route('drafts.send', 'POST drafts/send', scope.DRAFTS, 100, sendDraftCall, { upload: true, body: DRAFT }),
  route('drafts.get', 'GET drafts/{id}', scope.DRAFTS_READ, 20, getDraft, { query: ['format'] }),
  route('drafts.update', 'PUT drafts/{id}', scope.DRAFTS, 15, updateDraft, { upload: true, body: DRAFT }),
  route('drafts.delete', 'DELETE drafts/{id}', scope.DRAFTS, 10, deleteDraft),

  route('labels.list', 'GET labels', scope.LABELS_READ, 1, listLabels),
  route('labels.create', 'POST labels', scope.LABELS, 5, createLabel, { body: LABEL }),
  route('labels.get', 'GET labels/{id}', scope.LABELS_READ, 1, getLabel),
  route('labels.update', 'PUT labels/{id}', scope.LABELS, 5, updateLabel, { body: LABEL }),
  route('labels.patch', 'PATCH labels/{id}', scope.LABELS, 5, patchLabel, { body: LABEL }),
  route('labels.delete', 'DELETE labels/{id}', scope.LABELS, 5, deleteLabel),

  route('history.list', 'GET history', scope.READ_OR_METADATA, 2, listHistory, {
    query: ['startHistoryId', 'maxResults', 'pageToken', 'labelId', 'historyTypes'],
  }),

  route('settings.sendAs.list', 'GET settings/sendAs', scope.SETTINGS_READ, 1, listSendAs),
  route('settings.sendAs.get', 'GET settings/sendAs/{sendAsEmail}', scope.SETTINGS_READ, 1, getSendAs),
];

const byShape = new Map<string, Route[]>();
for (const candidate of ROUTES) {
  const shape = `${candidate.method} ${candidate.segments.length}`;
  byShape.set(shape, [...(byShape.get(shape) ?? []), candidate]);
}

export interface Found {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** @param segments what follows `users/{userId}/`, decoded */
export function findRoute(method: string, segments: readonly string[]): Found | undefined {
  for (const route of byShape.get(`${method} ${segments.length}`) ?? []) {
    const path: Record<string, string> = {};
    const fits = route.segments.every((pattern, index) => {
      if (!pattern.startsWith('{')) return pattern === segments[index];
      path[pattern.slice(1, -1)] = segments[index];
      return segments[index] !== '';
    });
    if (fits) return { route, path };
  }
  return undefined;
}

/** Parts of the API that exist and are not emulated: 501 instead of 404. */
export function isKnownElsewhere(segments: readonly string[]): boolean {
  return segments[0] === 'settings' && segments.length > 1;
}
