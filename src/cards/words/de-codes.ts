/** Der deutsche Katalog nach Kennungen: warum eine Mail wartet, nach welcher Regel sie blieb, was beim Verbinden im Weg ist. */
import type { Translation } from './translation';

export const DE_CODES: Pick<Translation, 'reasons' | 'rules' | 'warnings' | 'troubles' | 'problems'> = {
  reasons: {
    'next-pass': { what: 'es waren zu viele auf einmal', advice: 'Sie geht mit dem nächsten Abgleich mit.' },
    checking: {
      what: 'es wird geprüft, ob sie schon angekommen ist',
      advice: 'Nichts zu tun. Es geht in wenigen Minuten von selbst weiter.',
    },
    'own-copy': {
      what: 'dieselbe Mail kommt vielleicht noch von selbst an beiden Orten an',
      advice: 'Nichts zu tun. Es geht in wenigen Minuten von selbst weiter.',
    },
    order: { what: 'eine frühere Mail des Verlaufs geht zuerst', advice: 'Sie folgt von selbst.' },
    'not-sent-yet': {
      what: 'das CRM hat sie noch nicht gesendet',
      advice: 'Sie wird kopiert, sobald das CRM sie gesendet hat.',
    },
    'crm-busy': { what: 'das CRM war überlastet', advice: 'Es wird von selbst noch einmal versucht.' },
    'gmail-busy': { what: 'Gmail war überlastet', advice: 'Es wird von selbst noch einmal versucht.' },
    'no-time': { what: 'dem letzten Abgleich ging die Zeit aus', advice: 'Sie geht mit dem nächsten Abgleich mit.' },
    unreadable: {
      what: 'sie war nicht lesbar',
      advice: 'Es wird von selbst noch einmal versucht. Sie können es auch jetzt versuchen.',
    },
    'too-heavy': {
      what: 'sie ist zu groß oder zu verschachtelt, um hier gelesen zu werden',
      advice: 'Öffnen Sie sie in Gmail oder im CRM. Einmal am Tag wird es noch einmal versucht.',
    },
    'refused-by-crm': {
      what: 'das CRM hat sie nicht angenommen',
      advice: 'Sehen Sie sich den Kontakt im CRM an und versuchen Sie es dann noch einmal.',
    },
    'refused-by-gmail': {
      what: 'Gmail hat sie nicht angenommen',
      advice: 'Versuchen Sie es noch einmal. Die Mail selbst ist im CRM sicher.',
    },
    'contact-gone': {
      what: 'der Kontakt ist nicht mehr im CRM',
      advice: 'Stellen Sie den Kontakt im CRM wieder her oder legen Sie ihn an. Versuchen Sie es dann noch einmal.',
    },
    'too-large': { what: 'sie ist zu groß', advice: 'Senden Sie große Dateien lieber als Link.' },
    attachment: {
      what: 'einer ihrer Anhänge konnte noch nicht geholt werden',
      advice: 'Es wird von selbst noch einmal versucht. Zuletzt geht sie ohne diesen Anhang.',
    },
    'without-contact': {
      what: 'der Kontakt steht nicht darauf',
      advice: 'Sie bleibt privat. Nichts davon geht ins CRM.',
    },
    doubtful: {
      what: 'es lässt sich nicht sagen, ob sie schon gesendet wurde',
      advice: 'Sehen Sie im CRM und unter „Gesendet“ nach und entscheiden Sie dann.',
    },
    'cannot-deliver': {
      what: 'das CRM wartet darauf, dass jemand sie sendet, und diese Verbindung kann es nicht',
      advice: 'Machen Sie im CRM einen anderen E-Mail-Anbieter zum Standard und senden Sie sie dort noch einmal.',
    },
    'unsure-sent': {
      what: 'ihr Entwurf ist weg, und sie steht nicht unter „Gesendet“',
      advice:
        'Fragen Sie den Kontakt oder sehen Sie unter „Gesendet“ und im Papierkorb nach. Sagen Sie dann, ob sie gesendet wurde.',
    },
    'draft-changed': {
      what: 'ihr Entwurf wurde vor dem Senden geändert',
      advice:
        'Senden Sie den Entwurf selbst und sagen Sie es hier. Oder löschen Sie ihn und lassen Sie noch einmal senden.',
    },
    repeated: {
      what: 'dieselbe Mail wurde in den letzten 24 Stunden gesendet',
      advice: 'Sagen Sie, ob sie noch einmal gesendet werden soll.',
    },
    twice: {
      what: 'sie ist zweimal im CRM',
      advice:
        'Das CRM hat sie spät aufgenommen. Löschen Sie dort eine der beiden und versuchen Sie es dann noch einmal.',
    },
    'send-again': {
      what: 'Sie wollten, dass sie noch einmal gesendet wird',
      advice: 'Sie geht mit dem nächsten Abgleich mit.',
    },
    colleague: {
      what: 'ein Postfach im Team hat sie auch und vermerkt sie zuerst',
      advice: 'Nichts zu tun. Ist sie nach einer Stunde nicht im CRM, wird sie von hier aus vermerkt.',
    },
    asked: { what: 'Sie wollten, dass sie ins CRM kommt', advice: 'Sie geht mit dem nächsten Abgleich mit.' },
    'sending-cap': {
      what: 'Gmail lässt Sie nur eine bestimmte Zahl von Mails am Tag senden',
      advice: 'Sie geht von selbst, sobald wieder Platz ist.',
    },
    'former-mailbox': {
      what: 'sie gehört zu dem Postfach, das vorher verbunden war',
      advice:
        'Jenes Postfach kümmert sich darum. Wird es nicht mehr benutzt, versuchen Sie es hier: Dann kommen seine Mails von damals hierher.',
    },
    'before-connection': {
      what: 'sie ist aus der Zeit vor dieser Verbindung, und niemand weiß, ob sie gesendet wurde',
      advice: 'Sehen Sie unter „Gesendet“ nach und sagen Sie dann, ob sie gesendet wurde.',
    },
    'said-sent': {
      what: 'Sie sagten, dass sie gesendet wurde',
      advice: 'Das CRM zeigt es mit dem nächsten Abgleich.',
    },
    'own-sync': {
      what: 'der eigene Gmail-Abgleich des CRM würde sie doppelt zeigen',
      advice: 'Schalten Sie ihn im CRM aus und sagen Sie es auf der Startkarte. Danach geht es von selbst weiter.',
    },
    status: {
      what: 'das CRM zeigt noch nicht, dass sie gesendet wurde',
      advice: 'Die Mail wurde gesendet. Nichts zu tun.',
    },
    forgotten: {
      what: 'sie kam, bevor verloren ging, was Threadlink wusste, auch Ihre Ausnahmen',
      advice: 'Legen Sie zuerst Ihre Ausnahmen neu fest. „Noch einmal“ bringt dann ins CRM, was dort hingehört.',
    },
  },

  rules: {
    R1: 'Sie haben sie im CRM geschrieben, und Gmail sendet sie',
    R2: 'Sie haben sie im CRM geschrieben, das sie gesendet hat',
    R3: 'es ist eine Massenmail in Ihrem Namen',
    R4: 'es ist eine Massenmail, die nicht in Ihrem Namen ist',
    R5: 'eine Automation hat sie gesendet',
    R6: 'eine andere App hat sie in Ihrem Namen gesendet',
    R7: 'der eigene Gmail-Abgleich des CRM hat sie gesendet',
    R8: 'das CRM hat sie nicht gesendet oder konnte es nicht',
    R9: 'sie gehört einem anderen CRM-Benutzer',
    R10: 'das CRM wartet darauf, dass jemand sie sendet, und diese Verbindung kann es nicht',
    R11: 'Sie haben sie in der Seitenleiste geschrieben',
    T1: 'der Verlauf begann nicht im CRM',
    T2: 'der Kontakt steht nicht darauf',
    T3: 'sie gehört zu einem Verlauf, der nicht abgeglichen wird',
    T4: 'sie antwortet auf eine Mail eines abgeglichenen Verlaufs',
    T5: 'sie antwortet auf eine Mail, die das CRM gesendet hat',
    T6: 'sie ist ein Entwurf, wurde gelöscht oder war im Spam',
    T7: 'Sie haben den Verlauf von Hand verknüpft',
    T8: 'Sie haben den Abgleich dieses Verlaufs beendet',
    'T8-label': 'sie trägt das Label CRM/Private',
    'T8-address': 'jemand darauf gehört zu den Adressen, die Sie nie abgleichen',
    'T8-internal': 'sie ist nur unter Leuten Ihrer eigenen Domain',
    T9: 'sie ist ein Zustellbericht oder eine automatische Antwort',
    T10: 'das Postfach einer Kollegin oder eines Kollegen kümmert sich darum',
    T11: 'sie ist schon an beiden Orten',
    C4: 'sie ist aus der Zeit vor der Verbindung',
    C6: 'sie gehört zu einer Adresse, die nicht mehr verbunden ist',
    C9: 'sie gehört zu einem anderen Unterkonto',
    C10: 'der Kontakt ist Ihnen nicht zugewiesen',
    X4: 'eine zweite Kopie war da',
    X5: 'sie war schon im CRM',
  },

  warnings: {
    R7: {
      what: 'Der eigene Gmail-Abgleich des CRM ist an',
      advice:
        'Beide zusammen zeigen jede Mail doppelt. Schalten Sie ihn im CRM unter Settings › My Profile › Email aus und sagen Sie es dann hier. Bis dahin geht nichts von Ihnen ins CRM.',
    },
    R10: {
      what: 'Das CRM wartet, dass jemand eine Mail sendet',
      advice:
        'Sie ging an einen E-Mail-Anbieter, für den niemand sendet. Machen Sie im CRM unter Settings › Email Services den eigenen Anbieter des Unterkontos zum Standard und senden Sie sie noch einmal.',
    },
  },

  troubles: {
    'crm-token': {
      what: 'Das CRM nimmt den Token nicht mehr an',
      advice:
        'Legen Sie im CRM einen neuen Token an und verbinden Sie neu. Aus der Zeit dazwischen geht nichts verloren.',
    },
    'crm-scope': {
      what: 'Dem Token fehlt eine Berechtigung',
      advice: 'Ergänzen Sie die fehlende Berechtigung im CRM oder verbinden Sie neu mit einem anderen Token.',
    },
    'crm-location': {
      what: 'Der Token öffnet dieses Unterkonto nicht mehr',
      advice: 'Legen Sie in diesem Unterkonto einen Token an und verbinden Sie neu.',
    },
    'crm-sign-in': {
      what: 'Das CRM nimmt die Anmeldung nicht mehr an',
      advice: 'Melden Sie sich noch einmal an. Aus der Zeit dazwischen geht nichts verloren.',
    },
    'crm-renewal': {
      what: 'Das CRM möchte bald eine neue Anmeldung',
      advice: 'Melden Sie sich heute noch einmal an, damit der Abgleich ohne Lücke weitergeht.',
    },
    'crm-consent': {
      what: 'Der App fehlt eine Berechtigung',
      advice: 'Melden Sie sich noch einmal an und erlauben Sie alles, was das CRM zeigt.',
    },
    'crm-inactive': {
      what: 'Das Unterkonto ist nicht aktiv',
      advice: 'Bitten Sie Ihre Agentur, es zu aktivieren. Der Abgleich geht dann von selbst weiter.',
    },
    'crm-app': {
      what: 'Die App dieser Verbindung ist nicht mehr richtig eingerichtet',
      advice:
        'Bitten Sie den, der Threadlink eingerichtet hat, Kennung und Geheimnis der App zu prüfen. Bis dahin geht nichts verloren.',
    },
    'claim-moving': {
      what: 'Im CRM wurde ein anderes Postfach für Sie verbunden',
      advice: 'Es übernimmt in wenigen Minuten. Dieses hier beendet, was hier begann.',
    },
    'claim-moved': {
      what: 'Im CRM ist jetzt ein anderes Postfach für Sie verbunden',
      advice:
        'Hier wird nichts Neues mehr abgeglichen. Waren Sie das nicht, verbinden Sie hier neu; sonst trennen Sie dieses.',
    },
    'crm-busy': { what: 'Das CRM ist überlastet', advice: 'Nichts zu tun. Der Abgleich geht von selbst weiter.' },
    'crm-down': {
      what: 'Das CRM antwortet nicht',
      advice: 'Nichts zu tun. Der Abgleich geht von selbst weiter, sobald das CRM wieder da ist.',
    },
    'gmail-down': {
      what: 'Gmail antwortet nicht',
      advice: 'Nichts zu tun. Der Abgleich geht von selbst weiter, sobald Gmail wieder da ist.',
    },
    'google-permission': {
      what: 'Threadlink darf dieses Postfach nicht mehr benutzen',
      advice: 'Schließen Sie die Seitenleiste und öffnen Sie Threadlink neu. Erlauben Sie alles, was Google anzeigt.',
    },
    'store-full': {
      what: 'Google wollte den Stand des Abgleichs nicht speichern',
      advice:
        'Nichts ist verloren. Es wird mit dem nächsten Abgleich wieder versucht. Bleibt das so, trennen Sie und verbinden Sie neu.',
    },
    'store-damaged': {
      what: 'Ein Teil dessen, was Threadlink wusste, war nicht lesbar',
      advice: 'Er wird aus Ihrem Postfach und dem CRM wiederhergestellt. Nichts zu tun.',
    },
    'store-lost': {
      what: 'Was Threadlink wusste, ist nicht lesbar',
      advice: 'Verbinden Sie neu und sehen Sie die Einstellungen durch. Was abgeglichen ist, bleibt, wie es ist.',
    },
    held: {
      what: 'Eine Mail wartet auf Ihre Entscheidung',
      advice:
        'Öffnen Sie Threadlink in Gmail und wählen Sie „Aktivität“: Es lässt sich nicht sagen, ob die Mail gesendet wurde.',
    },
    'timer-none': {
      what: 'Google lässt Threadlink nicht von selbst laufen',
      advice: 'Es gleicht ab, wann immer Sie es hier öffnen. Um das zu ändern, trennen Sie und verbinden Sie neu.',
    },
  },

  problems: {
    'token-missing': { what: 'Der Token fehlt', advice: 'Fügen Sie den Private-Integration-Token aus dem CRM ein.' },
    'token-malformed': {
      what: 'Das sieht nicht wie ein Token aus',
      advice: 'Kopieren Sie den ganzen Token aus dem CRM, ohne etwas davor oder danach. Er beginnt mit pit-.',
    },
    'token-refused': {
      what: 'Das CRM nimmt diesen Token nicht an',
      advice:
        'Prüfen Sie, ob er ganz kopiert und im CRM nicht gelöscht wurde. Dort lässt sich jederzeit ein neuer anlegen.',
    },
    'token-kind': {
      what: 'Dieser Token gehört einer Agentur',
      advice:
        'Legen Sie den Token im Unterkonto an: Wechseln Sie im CRM dorthin, dann Settings › Private Integrations.',
    },
    'location-missing': {
      what: 'Das Unterkonto fehlt',
      advice: 'Fügen Sie die Location ID oder die Adresse einer Seite des Unterkontos ein.',
    },
    'location-malformed': {
      what: 'Das sieht nicht wie eine Location ID aus',
      advice:
        'Fügen Sie die Location ID aus Settings › Business Profile ein, oder die Adresse einer Seite des Unterkontos.',
    },
    'location-unknown': {
      what: 'Es gibt kein Unterkonto mit dieser Location ID',
      advice: 'Kopieren Sie die Location ID noch einmal aus Settings › Business Profile im CRM.',
    },
    'location-refused': {
      what: 'Dieser Token gehört zu einem anderen Unterkonto',
      advice: 'Legen Sie den Token in dem Unterkonto an, dessen Location ID Sie eingegeben haben.',
    },
    'location-inactive': {
      what: 'Dieses Unterkonto ist nicht aktiv',
      advice: 'Bitten Sie Ihre Agentur, es zu aktivieren, und verbinden Sie dann neu.',
    },
    'scope-missing': {
      what: 'Dem Token fehlen Berechtigungen',
      advice: 'Ergänzen Sie sie im CRM unter Settings › Private Integrations und prüfen Sie dann noch einmal:',
    },
    'crm-down': {
      what: 'Das CRM antwortet nicht richtig',
      advice: 'Bitte versuchen Sie es in einigen Minuten noch einmal. Nichts wurde geändert.',
    },
    'crm-busy': {
      what: 'Das CRM ist überlastet',
      advice: 'Bitte versuchen Sie es in einer Minute noch einmal. Nichts wurde geändert.',
    },
    'gmail-refused': {
      what: 'Threadlink darf dieses Postfach nicht benutzen',
      advice: 'Schließen Sie die Seitenleiste und öffnen Sie Threadlink neu. Erlauben Sie alles, was Google anzeigt.',
    },
    'gmail-down': {
      what: 'Gmail antwortet nicht',
      advice: 'Bitte versuchen Sie es in einigen Minuten noch einmal. Nichts wurde geändert.',
    },
    unreachable: {
      what: 'Weder Gmail noch das CRM haben geantwortet',
      advice: 'Bitte versuchen Sie es in einigen Minuten noch einmal. Nichts wurde geändert.',
    },
    'no-users': {
      what: 'Das CRM zeigt keine Benutzer dieses Unterkontos',
      advice: 'Prüfen Sie, ob Sie Benutzer dieses Unterkontos sind und der Token Benutzer sehen darf.',
    },
    'user-unknown': {
      what: 'Im CRM wurde niemand ausgewählt',
      advice: 'Gehen Sie zurück und wählen Sie sich unter den Benutzern des Unterkontos aus.',
    },
    'address-unknown': {
      what: 'Mit dieser Adresse kann das Postfach nicht senden',
      advice: 'Wählen Sie eine andere Adresse oder bestätigen Sie diese zuerst in Gmail unter „Konten“.',
    },
    'own-sync-on': {
      what: 'Der eigene Gmail-Abgleich des CRM ist für Sie an',
      advice:
        'Beide zusammen würden jede Mail doppelt zeigen. Schalten Sie ihn im CRM unter Settings › My Profile › Email aus und verbinden Sie dann neu.',
    },
    'own-sync-unanswered': {
      what: 'Eine Frage ist noch offen',
      advice: 'Bitte sagen Sie, ob der eigene Gmail-Abgleich des CRM für Sie an ist.',
    },
    'too-late': {
      what: 'Das dauerte länger als 15 Minuten',
      advice: 'Zur Sicherheit wurde der Token vergessen. Bitte geben Sie ihn noch einmal ein.',
    },
    'sign-in-late': {
      what: 'Diese Anmeldung ist zu alt',
      advice: 'Beginnen Sie sie in der Seitenleiste neu. Sie muss innerhalb von 15 Minuten fertig sein.',
    },
    'sign-in-missing': {
      what: 'Sie sind noch nicht angemeldet',
      advice:
        'Schließen Sie die Anmeldung auf der Seite des CRM ab. Endete sie mit einem Fehler, fügen Sie ihre Adresse ein.',
    },
    'sign-in-refused': {
      what: 'Das CRM hat keinen Zugriff gegeben',
      advice:
        'Melden Sie sich noch einmal an und wählen Sie dort Ihr Unterkonto. Vielleicht braucht es jemanden, der Apps installieren darf.',
    },
    'code-malformed': {
      what: 'Das ist nicht die Adresse der Seite',
      advice:
        'Kopieren Sie die ganze Adresse der Seite, auf der die Anmeldung endete, aus der Adresszeile des Browsers.',
    },
    'code-used': {
      what: 'Diese Anmeldung wurde schon benutzt oder ist zu alt',
      advice: 'Beginnen Sie sie in der Seitenleiste neu.',
    },
    'sign-in-lost': {
      what: 'Das CRM hat auf die Anmeldung nicht geantwortet',
      advice: 'Beginnen Sie sie in der Seitenleiste neu. Nichts wurde geändert.',
    },
    'agency-install': {
      what: 'Die App wurde für eine ganze Agentur installiert',
      advice: 'Melden Sie sich noch einmal an und wählen Sie auf der Seite des CRM Ihr Unterkonto.',
    },
    'app-misconfigured': {
      what: 'Die Anmeldung ist nicht richtig eingerichtet',
      advice:
        'Bitten Sie den, der Threadlink eingerichtet hat, Kennung und Geheimnis der App zu prüfen. Ein Token geht inzwischen.',
    },
    'other-location': {
      what: 'Ein anderes Unterkonto ist verbunden',
      advice: 'Ein Postfach kann mit einem Unterkonto verbunden sein. Trennen Sie zuerst dieses:',
    },
    'other-account': {
      what: 'Diese Verbindung gehört zu einem anderen Postfach',
      advice: 'Trennen Sie sie und verbinden Sie dann mit diesem Postfach neu:',
    },
    'claim-live': {
      what: 'Im CRM ist ein anderes Postfach für Sie verbunden',
      advice: 'Trennen Sie es dort zuerst, oder nehmen Sie hier seinen Platz ein.',
    },
    busy: { what: 'Gerade läuft ein Abgleich', advice: 'Bitte versuchen Sie es in einer Minute noch einmal.' },
    'store-full': {
      what: 'Google wollte die Verbindung nicht speichern',
      advice: 'Bitte versuchen Sie es noch einmal. Bleibt das so, trennen Sie zuerst.',
    },
    'not-connected': { what: 'Threadlink ist nicht verbunden', advice: 'Verbinden Sie zuerst Ihr CRM.' },
    'thread-unknown': {
      what: 'Dieser Verlauf wird nicht abgeglichen',
      advice: 'Öffnen Sie den Verlauf noch einmal, um zu sehen, warum.',
    },
    'item-unknown': { what: 'Diese Mail wartet nicht mehr', advice: 'Sie wurde inzwischen erledigt.' },
    'contact-unknown': {
      what: 'Dieser Kontakt kann nicht gezeigt werden',
      advice: 'Er ist nicht mehr im CRM oder Ihnen nicht zugewiesen. Öffnen Sie den Verlauf noch einmal.',
    },
    'record-unknown': {
      what: 'Das ist nicht mehr im CRM',
      advice: 'Es wurde inzwischen gelöscht oder verschoben. Öffnen Sie den Kontakt noch einmal.',
    },
    unexpected: {
      what: 'Hier ist etwas schiefgegangen',
      advice:
        'Ihre Mails sind sicher. Bitte versuchen Sie es noch einmal. Geschieht es wieder, öffnen Sie Threadlink neu.',
    },
  },
};
