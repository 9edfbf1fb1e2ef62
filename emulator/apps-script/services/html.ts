/** `HtmlService`, as far as the page that ends an OAuth redirect needs it. */
import { TEXT } from '../realm/parameters';
import { ScriptObject, type Signatures } from '../realm/script-object';

export class HtmlService extends ScriptObject {
  static readonly scriptName = 'HtmlService';
  static readonly signatures: Signatures = { createHtmlOutput: [[], [TEXT]] };

  createHtmlOutput(html = ''): HtmlOutput {
    return new HtmlOutput(html);
  }
}

export class HtmlOutput extends ScriptObject {
  static readonly scriptName = 'HtmlService.HtmlOutput';
  static readonly signatures: Signatures = {
    getContent: [[]],
    setContent: [[TEXT]],
    append: [[TEXT]],
    getTitle: [[]],
    setTitle: [[TEXT]],
  };

  private title = '';

  constructor(private html: string) {
    super();
  }

  getContent(): string {
    return this.html;
  }

  setContent(html: string): this {
    this.html = html;
    return this;
  }

  append(html: string): this {
    this.html += html;
    return this;
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): this {
    this.title = title;
    return this;
  }
}
