/** Which OAuth scopes open which method (the reference's own lists). */
const BASE = 'https://www.googleapis.com/auth/gmail.';
export const FULL_SCOPE = 'https://mail.google.com/';
export const METADATA_SCOPE = `${BASE}metadata`;

const scopes = (...names: string[]): readonly string[] => [FULL_SCOPE, ...names.map((name) => BASE + name)];

export const ALL = scopes();
export const MODIFY = scopes('modify');
export const READ = scopes('modify', 'readonly');
export const READ_OR_METADATA = scopes('modify', 'readonly', 'metadata');
export const PROFILE = scopes('modify', 'readonly', 'compose', 'metadata');
export const SEND = scopes('modify', 'compose', 'send');
export const INSERT = scopes('modify', 'insert');
export const DRAFTS = scopes('modify', 'compose');
export const DRAFTS_READ = scopes('modify', 'compose', 'readonly');
export const LABELS = scopes('modify', 'labels');
export const LABELS_READ = scopes('modify', 'readonly', 'labels', 'metadata');
export const SETTINGS_READ = scopes('modify', 'readonly', 'settings.basic');

/** A token that holds gmail.metadata is held to it even beside wider scopes (facts, platform 3.4). */
export function isHeldToMetadata(granted: readonly string[]): boolean {
  return granted.includes(METADATA_SCOPE);
}
