/** The demo world. */
import { peopleTheEmptyWorld } from '../world/empty';
import type { World } from '../world/world';

export function peopleTheDemo(world: World): void {
  peopleTheEmptyWorld(world);
}
