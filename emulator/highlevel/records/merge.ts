/** Merging two contacts: one stays with the threads, tasks and notes of both, the other is gone (facts, highlevel 10 R6). */
import { CrmRefusal, keepJson, type Crm } from '../crm';
import { conversationOf, moveThreads } from '../mail/store';
import { changeContact, deleteContact } from './contact-store';

export function mergeContacts(crm: Crm, keptId: string, goneId: string): void {
  const kept = crm.state.contacts.get(keptId);
  const gone = crm.state.contacts.get(goneId);
  if (kept === undefined || gone === undefined || kept === gone) throw new CrmRefusal('a merge needs two contacts');
  if (crm.state.conversationOfContact.has(gone.id)) {
    moveThreads(crm, conversationOf(crm, gone.id), conversationOf(crm, kept.id));
  }
  const { tasks, notes, opportunities, appointments } = crm.state;
  for (const rows of [tasks, notes, opportunities, appointments]) {
    for (const row of rows.values()) if (row['contactId'] === gone.id) keepJson(rows, { ...row, contactId: kept.id });
  }
  const others = [...kept.additionalEmails, gone.email, ...gone.additionalEmails].filter((email) => email !== '');
  deleteContact(crm, gone);
  changeContact(crm, kept, {
    additionalEmails: [...new Set(others)],
    tags: [...new Set([...kept.tags, ...gone.tags])],
  });
}
