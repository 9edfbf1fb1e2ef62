/** A connection that may deliver: made with the marketplace app, whose provider it then has. */
import { connect } from '../../emulator/world/person';
import type { World } from '../../emulator/world/world';
import { AGENT, Stage } from './stage';

export function connectedByApp(world: World): Stage {
  connect(world, { user: AGENT, method: 'oauth' });
  return new Stage(world);
}
