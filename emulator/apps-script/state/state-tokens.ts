/** The state tokens that are out, by their text. */
import type { Ids } from '../../core/ids';
import type { StateToken } from '../services/state-token';

export class StateTokens {
  private tokens: ReadonlyMap<string, StateToken> = new Map();

  constructor(private readonly ids: Ids) {}

  create(token: StateToken): string {
    const text = `ADEpC8${this.ids.alphanumeric(40)}`;
    this.tokens = new Map(this.tokens).set(text, Object.freeze(token));
    return text;
  }

  get(text: string): StateToken | undefined {
    return this.tokens.get(text);
  }

  /** The state is replaced at every change and never altered, so it is its own snapshot. */
  snapshot(): ReadonlyMap<string, StateToken> {
    return this.tokens;
  }

  restore(state: ReadonlyMap<string, StateToken>): void {
    this.tokens = state;
  }
}
