/**
 * A random world and a random day in it, from a seed: several users, everything that goes wrong at random, then a time
 * without faults, and the judge.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { World } from '../../emulator/world/world';
import { AGENT, COLLEAGUE, Day, MINUTE, WITHOUT_CLAIMS } from './day';
import { isLostOn, isShutOut, reconnect, tellsOfDamage } from './damage';
import { happeningsOf, hourlyFor, withDamages, withPresses, type Happening } from './happenings';
import { judge } from './oracle';
import { Chance } from './random';
import { damagesOf, type Damage, type Stored } from './damages';
import { leaveAlone } from './settle';
import { pressButton } from './sidebar';
import { Talk } from './talk';
import { settingsOf, weatherOf } from './weather';

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

export interface RandomDay {
  readonly seed: number;
  readonly users: readonly string[];
  /** The agent is connected by the app, which delivers. */
  readonly app: boolean;
  readonly weather: Readonly<Record<string, string | number | boolean>>;
  /** The token may not see custom values. */
  readonly unclaimed?: boolean;
  readonly happenings: readonly Happening[];
}

export interface DayOutcome {
  readonly violations: readonly string[];
  readonly faults: number;
  readonly letters: number;
  readonly held: number;
  /** Of both ends, and of every call on the way there: two runs of one seed have the same. */
  readonly digest: string;
}

/** Its people and what it is like, with the chance of what happens in it. */
function worldOfSeed(seed: number, world: World): Omit<RandomDay, 'happenings'> & { readonly chance: Chance } {
  const chance = new Chance(seed);
  const users = chance.happens(0.35) ? [AGENT, COLLEAGUE] : [AGENT];
  const app = chance.happens(0.5);
  world.reset({ seed, world: 'empty' });
  return { seed, users, app, weather: weatherOf(chance, world), chance };
}

export function dayOfSeed(seed: number, world: World): RandomDay {
  const { chance, ...random } = worldOfSeed(seed, world);
  const { users, app, weather } = random;
  const happenings = happeningsOf(chance, users, app);
  // A chance of its own, so that a day is otherwise what it was.
  // Two who see neither claims nor what was logged from where cannot know what the other one has logged.
  const blind = users.length > 1 && weather['altIdInEmail'] === false;
  const unclaimed = new Chance(seed + 0xc1a1).happens(0.15) && !blind;
  // Without a claim nothing tells since when there was a connection; and where neither name nor source is shown, nothing what
  // was logged.
  const isLogged =
    weather['altIdInEmail'] !== false || (weather['omitSource'] ?? weather['loggedSource']) === undefined;
  const isFound = !unclaimed && isLogged;
  const damaged = isFound ? withDamages(new Chance(seed + 0x5eed), users, happenings) : happenings;
  const pressed = withPresses(new Chance(seed + 0xb077), users, damaged);
  return { ...random, ...(unclaimed ? { unclaimed } : {}), happenings: pressed };
}

/** A random world for so many days of hourly runs. */
export function monthsOfSeed(seed: number, world: World, days: number): RandomDay {
  const { chance, ...random } = worldOfSeed(seed, world);
  // A mailbox of a domain of its own has a day's time for triggers that is the longer one (facts, platform 2).
  const weather = { ...random.weather, accountKind: 'workspace' };
  return { ...random, weather, happenings: hourlyFor(days, chance, random.users, random.app) };
}

export function playDay(random: RandomDay, world: World): DayOutcome {
  world.reset({ seed: random.seed, world: 'empty' });
  const player = new Player(random, world);
  player.play();
  return player.end();
}

class Player {
  private readonly day: Day;
  private readonly talk: Talk;
  private faults = 0;
  private meddled = false;
  /** Until then a write that was refused or given up may be done all the same. */
  private mayComeUntil = 0;
  /** The same for what was refused. */
  private refusedUntil = 0;
  /** What knew of such a write was lost before it was done: it is there twice then, and shown to be. */
  private lostInFlight = false;
  private problems: string[] = [];
  /** What was in the store before the last run of each user, for putting it back. */
  private readonly former = new Map<string, Stored>();
  /** Whose store was damaged and who has not looked since, with what was done to it and how it was before that. */
  private readonly damaged = new Map<string, { readonly damage: Damage; readonly before: Stored }>();
  /** Of whoever connects with one that may be revoked. */
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly random: RandomDay,
    private readonly world: World,
  ) {
    this.day = new Day(world);
    this.talk = new Talk(this.day, random.weather);
  }

  play(): void {
    const { day, random } = this;
    // Clocks differ from the beginning; the other things that a world is like change nothing of how people connect, which
    // has tests of its own.
    const { clockSkewMs = 0 } = random.weather;
    day.switches({ clockSkewMs });
    if (random.unclaimed === true) day.withoutClaims();
    const revoked = random.happenings.some((happening) => happening.do === 'revoke');
    for (const user of random.users) {
      const app = this.connectsByApp(user);
      if (revoked && !app) this.giveToken(user);
      day.connected(user, { app, token: this.tokens.get(user) });
    }
    day.switches(settingsOf(random.weather));
    for (const happening of random.happenings) {
      this.happen(happening);
      this.world.advance(7_000, false);
    }
  }

  end(): DayOutcome {
    const { day, world } = this;
    this.world.advance(20 * MINUTE, false);
    for (const user of this.damaged.keys()) this.run({ do: 'pass', user, fault: undefined });
    const first = leaveAlone(world, day.users);
    const lags = this.mayLagBehind() || this.lostInFlight;
    const settled = this.letIn(day.users) ? leaveAlone(world, day.users) : first;
    const { violations, held, digest } = judge(world, {
      letters: day.letters,
      users: day.users,
      meddled: this.meddled,
      restored: this.meddled ? 'trash' : undefined,
      anyOrder: true,
      secrets: ['Matter', 'Dinner'],
      aside: settled.aside,
      veryLate: lags,
      nameless: this.random.weather['altIdInEmail'] === false,
      since: 0,
    });
    const problems = [...this.problems, ...violations, ...settled.failures.map((text) => `a pass failed: ${text}`)];
    if (!settled.quiet) problems.push('the world does not become quiet');
    if (held > this.faults + (lags ? day.letters.length : 0))
      problems.push(`${held} messages are set aside after ${this.faults} faults`);
    const whole = JSON.stringify([digest, world.appsScript.requests(0), world.appsScript.logs(0)]);
    return { violations: problems, faults: this.faults, letters: day.letters.length, held, digest: hashOf(whole) };
  }

  /**
   * An answer to both may be logged before the CRM's lists show that it has it, and one to two colleagues by both of them where
   * no claim tells whose turn it is: then it is there twice, and shown to be. One whose connection sees claims takes nobody for
   * connected who has none.
   */
  private mayLagBehind(): boolean {
    const { weather, unclaimed, users, app, happenings } = this.random;
    const lags = weather['exportLagMs'] !== undefined;
    const meet = happenings.some((each) => 'fault' in each && each.fault?.runInside !== undefined);
    return (weather['replyTo'] === 'both' && lags) || (unclaimed === true && users.length > 1 && (lags || meet || app));
  }

  private happen(happening: Happening): void {
    const { day, world } = this;
    switch (happening.do) {
      case 'crm':
        return this.talk.crmSends(happening);
      case 'contact':
        return this.talk.contactAnswers(happening);
      case 'answer':
        return this.talk.userAnswers(happening);
      case 'stranger':
        return void day.strangerWrites({ user: happening.user });
      case 'gmail':
        world.gmail.act(happening.user, happening.act);
        this.meddled ||= happening.act !== 'read';
        return;
      case 'expire':
        return world.gmail.expireHistory(happening.user);
      case 'damage':
        return this.damage(happening);
      case 'revoke':
        return this.revoke(happening.user);
      case 'look':
        return void this.letIn([happening.user]);
      case 'press':
        return this.press(happening);
      case 'wait':
        return void world.advance(happening.minutes * MINUTE, false);
      case 'pass':
      case 'card':
      case 'home':
        return this.run(happening);
    }
  }

  private run({ do: what, user, fault }: Extract<Happening, { do: 'pass' | 'card' | 'home' }>): void {
    const { world } = this;
    this.former.set(user, world.appsScript.properties(user));
    world.appsScript.setFaults(fault === undefined ? [] : [fault]);
    const name = what === 'pass' ? 'onSyncTimer' : what === 'card' ? 'onSyncNow' : 'onHomepage';
    const impossible = world.failedActs.length;
    const { ok, killed, error } = world.run(user, name);
    const { met } = world.appsScript.faults();
    const done = met.length - (world.failedActs.length - impossible);
    this.faults += done;
    this.meddled ||= fault?.act !== undefined && done > 0;
    if (fault?.effect === 'late' && done > 0) {
      this.mayComeUntil = world.clock.now + (fault.lateMs ?? 0);
      if (/^4/.test(fault.answer ?? '')) this.refusedUntil = this.mayComeUntil;
    }
    world.appsScript.setFaults([]);
    if (!ok && killed !== true && met.length === 0) this.problems.push(`${name} failed: ${error ?? ''}`);
    if (met.length === 0) this.look(user);
  }

  /**
   * Nobody presses anything where the card says that nothing can be read. Who has what was refused tried again before it is
   * done all the same has asked for it twice, by a comparison too (S8).
   */
  private press({ user, button }: Extract<Happening, { do: 'press' }>): void {
    const { world } = this;
    if (this.damaged.has(user) || isShutOut(world, user)) return;
    const until = button === 'items.retry' ? this.mayComeUntil : this.refusedUntil;
    world.advance(Math.max(0, until - world.clock.now), false);
    this.former.set(user, world.appsScript.properties(user));
    pressButton(world, user, button);
  }

  private damage({ user, pick }: Extract<Happening, { do: 'damage' }>): void {
    const { world } = this;
    const stored = world.appsScript.properties(user);
    const damages = damagesOf(stored, this.former.get(user) ?? {});
    const chosen = damages[Math.floor(pick * damages.length)];
    // With neither a store nor a timer it is as if the add-on had just been installed.
    const isWiped = Object.keys(stored).every((key) => key in chosen.does && chosen.does[key] === undefined);
    const isBare = isWiped && world.appsScript.triggers().every((trigger) => trigger.user !== user);
    const damage = isBare ? { ...chosen, hurts: false } : chosen;
    for (const [key, value] of Object.entries(damage.does)) world.appsScript.setProperty(user, key, value);
    this.lostInFlight ||= damage.hurts && world.clock.now < this.mayComeUntil;
    this.faults += 1;
    const { before } = this.damaged.get(user) ?? { before: stored };
    // Two pages that are swapped twice are where they were.
    if (isDeepStrictEqual(world.appsScript.properties(user), before)) this.damaged.delete(user);
    else this.damaged.set(user, { damage, before });
  }

  /** Whoever is told that nothing can be read connects again, and lets go what came before. */
  private look(user: string): void {
    const { damage } = this.damaged.get(user) ?? {};
    if (damage === undefined) return;
    const { world } = this;
    if (damage.hurts && !tellsOfDamage(world, user)) this.problems.push(`nothing is said after: ${damage.name}`);
    this.damaged.delete(user);
    if (!isLostOn(world, user)) return;
    // What was being sent cannot be told any more.
    this.faults += this.day.letters.length;
    this.reconnect(user);
  }

  /** A refresh token works once: a run that was killed with the new one in its hands is told of, and the person connects again. */
  private letIn(users: readonly string[]): boolean {
    const { world } = this;
    const out = users.filter((user) => isShutOut(world, user));
    for (const user of out) this.reconnect(user);
    return out.length > 0;
  }

  /** In the CRM's settings somebody ends the token, and makes another one. */
  private revoke(user: string): void {
    const token = this.tokens.get(user);
    if (token === undefined) return;
    this.world.highlevel.revokeToken(token);
    this.giveToken(user);
  }

  private giveToken(user: string): void {
    const scopes = this.random.unclaimed === true ? WITHOUT_CLAIMS : undefined;
    this.tokens.set(user, this.world.highlevel.createPrivateToken(scopes));
  }

  private connectsByApp(user: string): boolean {
    return this.random.app && user === AGENT;
  }

  private reconnect(user: string): void {
    reconnect(this.world, user, this.connectsByApp(user), this.tokens.get(user));
  }
}
