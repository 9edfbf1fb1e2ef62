/**
 * Copies of a whole world, so that a test can fork it at any call. The state of every emulated service is made of
 * plain objects, arrays, Maps and Sets only; Buffers and frozen objects are treated as values and shared between
 * the copies, which is what makes a fork cheap: freeze whatever never changes again (a received message).
 */
export function copyState<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Map) {
    const result = new Map<unknown, unknown>();
    for (const [key, entry] of value) result.set(key, copy(entry));
    return result;
  }
  if (value instanceof Set) return new Set(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`a snapshot cannot hold a ${value.constructor.name}`);
  }
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) result[key] = copy(entry);
  return result;
}

/** A part of the world whose state can be taken out and put back. */
export interface Snapshotable<State> {
  snapshot(): State;
  restore(state: State): void;
}
