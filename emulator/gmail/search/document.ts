/** What the search index knows of a message. Built when a query first asks, shared by all copies of a world. */
import { decodeWords } from '../mime/encoded-words';
import { headerValues } from '../mime/headers';
import { outlineOf } from '../mime/outline';
import { fileNames, searchableText } from '../mime/snippet';
import type { Content } from '../state';
import { words } from './normalise';

export interface SearchDocument {
  readonly messageId: string | undefined;
  header(name: 'from' | 'to' | 'cc' | 'bcc' | 'delivered-to' | 'list-id'): string;
  readonly subject: string;
  /** Subject, people and visible text. */
  text(): string;
  files(): readonly string[];
}

const documents = new WeakMap<Content, SearchDocument>();

export function documentOf(content: Content): SearchDocument {
  const known = documents.get(content);
  if (known !== undefined) return known;
  const outline = outlineOf(content);
  const headers = new Map<string, string>();
  let text: string | undefined;
  let files: readonly string[] | undefined;
  const document: SearchDocument = {
    messageId: outline.messageId,
    subject: words(outline.subject),
    header(name) {
      let value = headers.get(name);
      if (value === undefined) {
        value = words(decodeWords(headerValues(outline.headers, name).join(' , ')));
        headers.set(name, value);
      }
      return value;
    },
    text() {
      text ??= words(
        [outline.subject, this.header('from'), this.header('to'), this.header('cc'), searchableText(content)].join(' '),
      );
      return text;
    },
    files() {
      files ??= fileNames(content);
      return files;
    },
  };
  documents.set(content, document);
  return document;
}
