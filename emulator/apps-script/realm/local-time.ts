/**
 * The script that gives `Date` the local time of the script's time zone where this machine's is another one. A local
 * time that a change of the clocks skips or repeats takes the earlier offset. Its last value makes the moment of local
 * fields.
 */
export const LOCAL_TIME = `(function (host, NativeDate, ScriptDate) {
  'use strict';
  const define = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  const offset = (ms) => (ms === ms ? host.offsetAt(ms) : 0);
  const local = (date) => new NativeDate(date.getTime() + offset(date.getTime()) * 60000);
  const toUtc = (asUtc) => {
    const first = asUtc - offset(asUtc) * 60000;
    return asUtc - offset(first) * 60000;
  };
  const zoned = /(?:[zZ]|\\b(?:UTC?|GMT|[ECMP][SD]T)|\\d:\\d\\d[\\d:.]*\\s*[+-]\\d{2}:?\\d{2}|GMT[+-]\\d{1,4})\\s*(?:\\([^)]*\\))?\\s*$/;
  const dateOnly = /^\\s*[+-]?\\d{4,6}(?:-\\d\\d){0,2}\\s*$/;
  define(ScriptDate, 'parse', function parse(text) {
    text = String(text);
    if (zoned.test(text) || dateOnly.test(text)) return NativeDate.parse(text);
    const asUtc = NativeDate.parse(text + (/^\\d{4}-\\d\\d-\\d\\dT/.test(text) ? 'Z' : ' UTC'));
    return asUtc === asUtc ? toUtc(asUtc) : NativeDate.parse(text);
  });

  const P = NativeDate.prototype;
  for (const part of ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds']) {
    const get = P['getUTC' + part];
    define(P, 'get' + part, { ['get' + part]() { return get.call(local(this)); } }['get' + part]);
    const set = P['setUTC' + part];
    if (set === undefined) continue;
    define(P, 'set' + part, { ['set' + part](...values) {
      const shifted = local(this);
      set.apply(shifted, values);
      return this.setTime(toUtc(shifted.getTime()));
    } }['set' + part]);
  }
  define(P, 'getTimezoneOffset', function getTimezoneOffset() { return 0 - offset(this.getTime()); });
  const two = (number) => String(number).padStart(2, '0');
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = (at) => days[at.getUTCDay()] + ' ' + months[at.getUTCMonth()] + ' ' + two(at.getUTCDate()) + ' ' + at.getUTCFullYear();
  const time = (at, minutes) => two(at.getUTCHours()) + ':' + two(at.getUTCMinutes()) + ':' + two(at.getUTCSeconds()) +
    ' GMT' + (minutes < 0 ? '-' : '+') + two(Math.floor(Math.abs(minutes) / 60)) + two(Math.abs(minutes) % 60);
  const zonedTime = (date) => time(local(date), offset(date.getTime())) + ' (' + host.zoneNameAt(date.getTime()) + ')';
  const invalid = (date) => date.getTime() !== date.getTime();
  define(P, 'toDateString', function toDateString() { return invalid(this) ? 'Invalid Date' : day(local(this)); });
  define(P, 'toTimeString', function toTimeString() { return invalid(this) ? 'Invalid Date' : zonedTime(this); });
  define(P, 'toString', function toString() {
    return invalid(this) ? 'Invalid Date' : day(local(this)) + ' ' + zonedTime(this);
  });
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {
    const native = P[name];
    define(P, name, { [name](locales, options) {
      return native.call(this, locales, { timeZone: host.zone, ...options });
    } }[name]);
  }
  return (parts) => toUtc(NativeDate.UTC(...parts));
})`;
