/**
 * A catalogue in another language: the English one's shape. What it lacks is said in English, so that a sentence that is
 * new is never missing from a card; a test holds the kept languages complete.
 */
import type { Words } from './en';

type Said<T> = T extends (...values: never[]) => unknown
  ? T
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { readonly [K in keyof T]?: Said<T[K]> }
      : T extends string
        ? string
        : T;

export type Translation = Said<Words>;

export function completed(english: Words, translation: Translation): Words {
  return overlaid(english, translation) as Words;
}

function overlaid(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isGroup(base) || !isGroup(over)) return over;
  const whole: Record<string, unknown> = { ...base };
  for (const [name, entry] of Object.entries(over)) whole[name] = overlaid(base[name], entry);
  return whole;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
