/** The bundler turns what is assigned to `global` into top-level functions, the only ones that Apps Script finds by name. */
declare const global: Record<string, (...parameters: never[]) => unknown>;
