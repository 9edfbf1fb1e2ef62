/** The bundler turns what is assigned to `global` into top-level functions, the only ones that Apps Script finds by name. */
declare const global: Record<string, (...parameters: never[]) => unknown>;

/** The bundler puts the module into the bundle and runs it at the first call. */
declare function require(module: 'nodemailer/lib/addressparser' | './words/en' | './words/de'): unknown;
