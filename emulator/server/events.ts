/** `GET /emulator/events`: tells every open page that the world changed, as server-sent events. */
import type { ServerResponse } from 'node:http';
import type { World } from '../world/world';

export class Events {
  private readonly listeners = new Set<ServerResponse>();
  private told: number;

  constructor(private readonly world: World) {
    this.told = world.changes;
  }

  listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    response.write(this.tick());
  }

  /** After every request: says so where something changed since the last time. */
  tell(): void {
    if (this.world.changes === this.told) return;
    this.told = this.world.changes;
    const tick = this.tick();
    for (const listener of this.listeners) listener.write(tick);
  }

  private tick(): string {
    return `data: ${JSON.stringify({ clock: this.world.clock.now, seq: this.world.changes })}\n\n`;
  }
}
