/** What the world itself asks of a user's Gmail, as the user's own screens do: not counted, not limited, no fault. */
import type { World } from './world';

/** The JSON of `GET /gmail/v1/users/me/{path}`; undefined where Gmail answers anything but 200. */
export function askGmail(world: World, user: string, path: string): Readonly<Record<string, unknown>> | undefined {
  const response = world.gmail.handle({
    method: 'GET',
    host: 'gmail.googleapis.com',
    path: `/gmail/v1/users/me/${path}`,
    headers: {
      authorization: `Bearer ${world.gmail.token(user, ['https://www.googleapis.com/auth/gmail.readonly'])}`,
      'x-threadlink-outside': '1',
    },
    body: Buffer.alloc(0),
  });
  if (response.status !== 200) return undefined;
  return JSON.parse(response.body.toString()) as Readonly<Record<string, unknown>>;
}
