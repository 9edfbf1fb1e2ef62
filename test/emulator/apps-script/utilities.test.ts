/** Utilities, Blob, Session, ScriptApp's tokens and the scopes (facts, platform 1.5, 2.5, 3.9). */
import { runtime, START, USER } from './runtime';

const { run } = runtime();
const value = (expression: string) => run(`return ${expression}`);

describe('Utilities', () => {
  test('base64 of texts and of signed bytes, both alphabets', () => {
    expect(value('Utilities.base64Encode("ä?>")')).toBe('w6Q/Pg==');
    expect(value('Utilities.base64EncodeWebSafe("ä?>")')).toBe('w6Q_Pg==');
    expect(value('Utilities.base64Encode([-1, 0, 127])')).toBe('/wB/');
    expect(value('Utilities.base64Decode("/wB/")')).toEqual([-1, 0, 127]);
    expect(value('Utilities.base64Encode("ä", Utilities.Charset.US_ASCII)')).toBe('Pw==');
  });

  test('platform 3.9: base64DecodeWebSafe tolerates missing padding', () => {
    expect(value('Utilities.base64DecodeWebSafe("w6Q_Pg")')).toEqual([-61, -92, 63, 62]);
    expect(() => value('Utilities.base64Decode("a*b")')).toThrow('Exception: Could not decode string.');
  });

  test('digests and signatures are signed bytes', () => {
    const hex = '.map((b) => (b & 255).toString(16).padStart(2, "0")).join("")';
    expect(value(`Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, "abc")${hex}`)).toBe(
      '900150983cd24fb0d6963f7d28e17f72',
    );
    expect(value(`Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_1, "abc")${hex}`)).toBe(
      'a9993e364706816aba3e25717850c26c9cd0d89d',
    );
    expect(value(`Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, [97, 98, 99])${hex}`)).toMatch(
      /^ba7816bf8f01cfea/,
    );
    expect(value(`Utilities.computeHmacSha256Signature("what do ya want for nothing?", "Jefe")${hex}`)).toMatch(
      /^5bdcc146bf60754e/,
    );
  });

  test('formatDate in a time zone', () => {
    const at = 'new Date(Date.UTC(2026, 6, 5, 22, 4, 9))';
    expect(value(`Utilities.formatDate(${at}, "Europe/Berlin", "yyyy-MM-dd'T'HH:mm:ssXXX")`)).toBe(
      '2026-07-06T00:04:09+02:00',
    );
    expect(value(`Utilities.formatDate(${at}, "GMT", "EEE, d MMM yyyy hh:mm a z")`)).toBe(
      'Sun, 5 Jul 2026 10:04 PM GMT',
    );
    expect(value(`Utilities.formatDate(${at}, "GMT-3", "EEEE MMMM yy D 'o''clock' k S Z")`)).toBe(
      "Sunday July 26 186 o'clock 19 0 -0300",
    );
    expect(() => value(`Utilities.formatDate(${at}, "GMT", "b")`)).toThrow("Illegal pattern character 'b'");
  });

  test('gzip there and back', () => {
    expect(
      value(
        'Utilities.ungzip(Utilities.gzip(Utilities.newBlob("ä".repeat(1000)))).getDataAsString() === "ä".repeat(1000)',
      ),
    ).toBe(true);
    expect(() => value('Utilities.ungzip(Utilities.newBlob("x"))')).toThrow('Exception: Could not decompress');
  });

  test('platform 2.5: sleep is virtual time, 300,000 ms at most', () => {
    expect(value('(() => { const a = Date.now(); Utilities.sleep(300000); return Date.now() - a; })()')).toBe(300_000);
    expect(() => value('Utilities.sleep(300001)')).toThrow('Exception: Invalid argument');
  });
});

describe('Blob', () => {
  test('bytes, text, type, name, copy', () => {
    expect(
      value(`(() => { const b = Utilities.newBlob([-61, -92], 'text/plain', 'a.txt'); const c = b.copyBlob().setName('c').setDataFromString('x');
        return [b.getBytes(), b.getDataAsString(), b.getContentType(), b.getName(), c.getDataAsString(), c.getName(), Utilities.newBlob('t').getContentType()]; })()`),
    ).toEqual([[-61, -92], 'ä', 'text/plain', 'a.txt', 'x', 'c', 'text/plain']);
  });

  test('platform 3.9: getDataAsString in a charset, an unknown one throws', () => {
    expect(value('Utilities.newBlob([-28]).getDataAsString("ISO-8859-1")')).toBe('ä');
    expect(value('Utilities.newBlob([-28, -72, -126]).getDataAsString("windows-1251")')).toBe('дё‚');
    expect(() => value('Utilities.newBlob("x").getDataAsString("nope")')).toThrow('Exception: Invalid argument: nope');
    expect(value('Utilities.newBlob([-1]).getDataAsString()')).toBe('\ufffd');
  });

  test('there is no converter', () => {
    expect(() => value('Utilities.newBlob("x", "text/html").getAs("application/pdf")')).toThrow('is not supported');
  });
});

describe('who runs it, and with what authority', () => {
  test('Session tells the user, the locale and the time zone of the script', () => {
    const made = runtime('', { profile: () => ({ name: 'Alex', timeZone: 'Europe/Paris', locale: 'fr' }) });
    expect(
      made.run(
        'return [Session.getEffectiveUser().getEmail(), String(Session.getActiveUser()), Session.getActiveUserLocale(), Session.getScriptTimeZone()]',
      ),
    ).toEqual([USER, USER, 'fr', 'Etc/UTC']);
    const key = 'return Session.getTemporaryActiveUserKey()';
    expect(made.run(key)).toBe(made.run(key));
    expect(made.run(key)).not.toBe(made.run(key, 'editor', 'colleague@example.com'));
  });

  test('the access token has the scopes that the user allows', () => {
    const { run: evaluate, script, set } = runtime();
    expect(evaluate('return ScriptApp.getOAuthToken()')).toBe(`token of ${USER} with 3 scopes`);
    script.setGrant(USER, { withdrawn: ['https://www.googleapis.com/auth/script.scriptapp'] });
    set({ published: true });
    expect(evaluate('return ScriptApp.getOAuthToken()', 'trigger')).toBe(`token of ${USER} with 2 scopes`);
  });

  const ALL = ['script.external_request', 'script.scriptapp', 'userinfo.email'];
  test.each([
    ['script.external_request', "UrlFetchApp.fetch('https://a.example/')", 'UrlFetchApp.fetch'],
    ['script.scriptapp', 'ScriptApp.getProjectTriggers()', 'ScriptApp.getProjectTriggers'],
    [
      'script.scriptapp',
      "ScriptApp.newTrigger('a').timeBased().after(1).create()",
      'ScriptApp.ClockTriggerBuilder.create',
    ],
    ['userinfo.email', 'Session.getEffectiveUser().getEmail()', 'Session.getEffectiveUser'],
  ])('without %s the call that needs it throws', (scope, call, name) => {
    const full = `https://www.googleapis.com/auth/${scope}`;
    const { execute, script } = runtime(`function go() { ${call}; }`);
    script.setGrant(USER, { withdrawn: [full] });
    const error = `Exception: Specified permissions are not sufficient to call ${name}. Required permissions: ${full}`;
    expect(execute('go', 'card')).toMatchObject({ ok: false, error });
    const others = ALL.filter((other) => other !== scope).map((other) => `https://www.googleapis.com/auth/${other}`);
    const unlisted = runtime(`function go() { ${call}; }`, { manifest: { timeZone: 'Etc/UTC', oauthScopes: others } });
    expect(unlisted.execute('go')).toMatchObject({ ok: false, error });
  });

  test('platform 1.5: unpublished, a trigger with a missing authorization does not run; published, it does until it needs it', () => {
    const { execute, script, set } = runtime(
      'function go() { return ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL).getAuthorizationStatus() == "REQUIRED"; }',
    );
    script.setGrant(USER, { withdrawn: ['https://www.googleapis.com/auth/userinfo.email'] });
    const refused = { ok: false, error: 'Exception: Authorization is required to perform that action.', calls: 0 };
    expect(execute('go')).toMatchObject(refused);
    set({ published: true });
    expect(execute('go')).toMatchObject({ ok: true, result: true });
    expect(execute('go', 'card').ok).toBe(false); // A boolean is no card, so the function ran.
    expect(execute('go', 'card').error).not.toBe(refused.error);
    set({ cardWithoutScope: 'asks' });
    expect(execute('go', 'card')).toMatchObject(refused);
  });

  test('platform 1.5: access that was taken back ends everything, given again it goes on', () => {
    const { execute, script } = runtime('function go() {}');
    script.setGrant(USER, { revoked: true });
    for (const context of ['card', 'trigger', 'editor'] as const) expect(execute('go', context).ok).toBe(false);
    script.setGrant(USER, {});
    expect(execute('go').ok).toBe(true);
  });

  test('platform 1.5: requireScopes is not for add-ons', () => {
    expect(() => run('ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL)')).toThrow(
      'not supported in Google Workspace add-ons',
    );
  });

  test('platform 8: a state token brings the redirect back to its function, for its user, in its time', () => {
    const { script, execute, clock } = runtime(`
      function begin() { return ScriptApp.newStateToken().withMethod('callback').withArgument('where', 'crm').withTimeout(3600).createToken(); }
      function callback(request) { return HtmlService.createHtmlOutput('<p>' + request.parameter.code + request.parameter.where + '</p>').setTitle('Done'); }`);
    const state = execute('begin').result as string;
    const back = (user: string) => script.userCallback(user, { code: 'c1', state });
    expect(back(USER).result).toEqual({ html: '<p>c1crm</p>', title: 'Done' });
    expect(() => back('colleague@example.com')).toThrow('The state token is invalid or has expired');
    clock.now = START + 3_601_000;
    expect(() => back(USER)).toThrow('The state token is invalid or has expired');
  });
});
