/** Files of a CRM e-mail. A secure one is asked for by its slug, as its own address dies after an hour (facts, highlevel 5.7). */
import type { Crm, CrmFile } from '../api/crm';
import { localAddress } from '../api/http';
import { Attachments } from '../parts/attachments';
import { Failure } from '../parts/empty';
import { useLoaded } from '../shell/use-loaded';

export function CrmAttachments({ crm, addresses }: { crm: Crm; addresses: readonly string[] }) {
  const { value: files = [], error } = useLoaded(addresses.join(' '), 0, () =>
    Promise.all(addresses.map((address) => crm.file(address))),
  );
  return (
    <>
      {error !== undefined && <Failure text={error} />}
      <Attachments
        files={files.map(({ name, type, size }, index) => ({
          name,
          type,
          size,
          // Asked for again at the click: what was given when the mail was opened may have died since.
          load: async () => load(await crm.file(addresses[index])),
        }))}
      />
    </>
  );
}

async function load({ name, address }: CrmFile): Promise<Blob> {
  const local = localAddress(address);
  const response = local === undefined ? undefined : await fetch(local);
  if (response?.ok !== true) throw new Error(`${name} cannot be had any more.`);
  return response.blob();
}
