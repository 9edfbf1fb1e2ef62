/** Der deutsche Katalog über Menschen und was das CRM von ihnen weiß: Kontakt, Datensätze, Schreiben, Prüfen. */
import { many } from './counts';
import type { Translation } from './translation';

type Parts = Pick<
  Translation,
  'contact' | 'opportunities' | 'tasks' | 'notes' | 'appointments' | 'records' | 'write' | 'check' | 'preview'
>;

export const DE_CRM: Parts = {
  contact: {
    title: 'Kontakt',
    unread: 'Das CRM hat nicht geantwortet, deshalb kann der Kontakt gerade nicht gezeigt werden.',
    gone: 'Dieser Kontakt ist nicht mehr im CRM',
    none: (address) => `${address} ist kein Kontakt im CRM`,
    several: (count) => `${many(count, 'Kontakt hat', 'Kontakte haben')} diese Adresse. Wählen Sie einen:`,
    notYours: 'Dieser Kontakt ist Ihnen nicht zugewiesen',
    noDisturb: 'Möchte keine E-Mails („Nicht stören“ ist an)',
    owner: (name) => `Zuständig: ${name}`,
    tags: (tags) => `Tags: ${tags}`,
    unnamed: 'Ohne Namen',
    people: 'Weitere in diesem Verlauf',
    show: 'Zeigen',
    openCount: (count) => many(count, 'offene Chance', 'offene Chancen'),
    taskDue: (when) => `Aufgabe fällig ${when}`,
    meeting: (when) => `Termin ${when}`,
    create: 'Neuer Kontakt',
    createWhat: 'Legt diese Person im CRM an. Ihr wird nichts gesendet.',
    name: 'Name',
    email: 'E-Mail-Adresse',
    phone: 'Telefon',
    company: 'Firma',
    created: 'Kontakt angelegt.',
    there: 'Dieser Kontakt ist schon im CRM.',
  },

  opportunities: {
    title: 'Chancen',
    none: 'Keine Chancen',
    add: 'Neue Chance',
    name: 'Name',
    value: 'Wert',
    stage: 'Phase',
    status: 'Stand',
    noStage: 'In keiner Phase',
    statuses: { open: 'Offen', won: 'Gewonnen', lost: 'Verloren', abandoned: 'Aufgegeben' },
    added: 'Chance hinzugefügt.',
    saved: 'Chance gespeichert.',
    badValue: 'Der Wert muss eine Zahl sein, etwa 1200 oder 1200,50.',
    noPipelines: 'Es gibt noch keine Pipeline. Legen Sie zuerst eine im CRM an.',
  },

  tasks: {
    title: 'Aufgaben',
    none: 'Keine offenen Aufgaben',
    add: 'Neue Aufgabe',
    what: 'Was ist zu tun',
    due: 'Fällig am',
    details: 'Einzelheiten',
    dueOn: (when) => `fällig ${when}`,
    overdue: (when) => `überfällig seit ${when}`,
    noDue: 'ohne Datum',
    doneCount: (count) => `${many(count, 'Aufgabe', 'Aufgaben')} erledigt`,
    added: 'Aufgabe hinzugefügt.',
    completed: 'Aufgabe erledigt.',
  },

  notes: {
    title: 'Notizen',
    none: 'Keine Notizen',
    add: 'Neue Notiz',
    text: 'Notiz',
    added: 'Notiz hinzugefügt.',
  },

  appointments: {
    title: 'Termine',
    none: 'Keine Termine',
    past: 'vorbei',
    zone: (name) => `Zeiten wie im Kalender von ${name}`,
    statuses: {
      new: 'neu',
      booked: 'gebucht',
      confirmed: 'bestätigt',
      active: 'bestätigt',
      cancelled: 'abgesagt',
      showed: 'fand statt',
      completed: 'fand statt',
      noshow: 'kam nicht',
      invalid: 'ungültig',
    },
  },

  records: {
    unread: 'Gerade nicht lesbar',
    notAllowed: 'Der Verbindung fehlt die Berechtigung dafür. Ergänzen Sie sie beim Token im CRM.',
    more: (count) => `und ${count} weitere im CRM`,
    incomplete: 'Bitte füllen Sie das Formular aus.',
    notSaved: 'Das CRM hat es nicht angenommen. Nichts wurde gespeichert, bitte versuchen Sie es noch einmal.',
    earlier: 'Es war schon gespeichert.',
    doubt: 'Es lässt sich nicht sagen, ob das CRM dies gespeichert hat',
    doubtAdvice:
      'In der Liste steht es noch nicht. Sehen Sie in einer Minute noch einmal nach. Speichern Sie es nur dann noch einmal, wenn es auch dann fehlt.',
  },

  write: {
    title: 'E-Mail schreiben',
    reply: 'Antworten',
    to: (to) => `An ${to}`,
    from: (from) => `Von ${from}, gesendet von Gmail und im CRM vermerkt`,
    cc: 'Kopie',
    subject: 'Betreff',
    text: 'Text',
    template: 'CRM-Vorlage',
    noTemplate: 'Keine',
    templates: 'CRM-Vorlagen',
    templatesWhat: 'Wählen Sie eine, um sie dort einzufügen, wo Sie schreiben.',
    recipient: 'Für wen',
    recipientHint: 'E-Mail-Adresse des Kontakts, dessen Name und Firma eingesetzt werden',
    noTemplates: 'Im CRM gibt es keine E-Mail-Vorlagen.',
    noDisturb: 'Dieser Kontakt möchte keine E-Mails. Senden Sie nur, worum er gebeten hat.',
    starts: 'Sie beginnt einen abgeglichenen Verlauf.',
    continues: 'Sie setzt diesen Verlauf fort.',
    noAddress: 'Dieser Kontakt hat keine E-Mail-Adresse. Ergänzen Sie zuerst eine im CRM.',
    badCc: (entry) => `„${entry}“ ist keine E-Mail-Adresse. Bitte prüfen Sie die Kopien.`,
    placeholder: (name) => `Bitte ersetzen Sie ${name}: Dafür ist nichts bekannt.`,
    sent: 'Gesendet.',
    sentLogged: 'Gesendet und im CRM vermerkt.',
    earlier: 'Diese Mail wurde schon gesendet.',
    notSent: 'Gmail hat die Mail nicht angenommen. Nichts wurde gesendet, bitte versuchen Sie es noch einmal.',
    capped: (until) =>
      `Das Tageslimit von Gmail für dieses Postfach ist fast erreicht. Ab ${until} kann wieder gesendet werden.`,
    waits: 'Die Mail ist noch nicht gesendet',
    waitsWhat: 'Sie steht in Ihren Entwürfen. Senden Sie sie von hier oder von dort; zweimal kann sie nicht hinaus.',
    unsure: 'Es lässt sich nicht sagen, ob die Mail gesendet wurde',
    unsureWhat: 'Sehen Sie unter „Gesendet“ nach. Ist sie in zehn Minuten nicht dort, schreiben Sie sie noch einmal.',
    changed: 'Der Entwurf wurde inzwischen geändert',
    changedWhat: 'Senden Sie ihn aus Ihren Entwürfen, so wie er dort ist.',
    gone: 'Der Entwurf ist weg',
    goneWhat: 'Er wurde vor dem Senden gelöscht. Schreiben Sie die Mail noch einmal, wenn Sie sie noch senden wollen.',
  },

  check: {
    title: 'Ist alles da?',
    both: (count, of) => `${count} von ${of} Mails sind auf beiden Seiten`,
    threads: (count, of) => `${count} von ${many(of, 'aktiven Verlauf', 'aktiven Verläufen')} geprüft`,
    apart: (count) =>
      `${many(count, 'Mail bleibt', 'Mails bleiben')} mit Grund auf einer Seite oder ${count === 1 ? 'ist' : 'sind'} unterwegs`,
    deleted: (count) =>
      `${many(count, 'Kopie wurde', 'Kopien wurden')} in Gmail gelöscht und ${count === 1 ? 'bleibt' : 'bleiben'} es`,
    earlier: (count) => `${many(count, 'frühere Mail', 'frühere Mails')} nicht angesehen`,
    unread: (count) =>
      `${many(count, 'Verlauf war', 'Verläufe waren')} gerade nicht lesbar. Prüfen Sie später noch einmal.`,
    missing: 'Es fehlt',
    unnamed: 'Eine Mail ohne Betreff',
    notInCrm: 'nicht im CRM',
    notInGmail: 'nicht in Gmail',
    more: (count) => `und ${count} weitere`,
    nothing: 'Es gibt noch keinen aktiven Verlauf zu prüfen.',
    next: 'Die nächsten prüfen',
    repair: 'Fehlendes nachholen',
    repaired: (count) =>
      count === 0 ? 'Es fehlt nichts mehr.' : `${many(count, 'Mail wird', 'Mails werden')} nachgeholt.`,
  },

  preview: {
    title: 'Was jetzt abgeglichen würde',
    what: 'Das Nachsehen ändert nichts.',
    nothing: 'Nichts: alles ist auf demselben Stand',
    mirrored: 'Würde aus dem CRM kopiert',
    delivered: 'Würde für das CRM gesendet',
    pushed: 'Würde im CRM vermerkt',
  },
};
