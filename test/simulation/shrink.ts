/** Makes a failing day as small as it gets: what can be left out, and still it fails, is left out. */
import type { RandomDay } from './random-day';

/** Without the colleague, and what they do. */
function ofOne({ users: [first], happenings, ...rest }: RandomDay): RandomDay {
  const own = happenings.filter((happening) => !('user' in happening) || happening.user === first);
  return { ...rest, users: [first], happenings: own };
}

/** `fails` says whether a day still fails in the same way. */
export function shrink(day: RandomDay, fails: (candidate: RandomDay) => boolean): RandomDay {
  let best = day;
  const attempt = (candidate: RandomDay): boolean => {
    if (!fails(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let size = Math.ceil(best.happenings.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at < best.happenings.length;) {
        const happenings = [...best.happenings.slice(0, at), ...best.happenings.slice(at + size)];
        if (attempt({ ...best, happenings })) changed = true;
        else at += size;
      }
    }
    for (const [index, happening] of best.happenings.entries()) {
      if (!('fault' in happening) || happening.fault === undefined) continue;
      const happenings = best.happenings.with(index, { ...happening, fault: undefined });
      if (attempt({ ...best, happenings })) changed = true;
    }
    for (const name of Object.keys(best.weather)) {
      const { [name]: _left, ...weather } = best.weather;
      if (attempt({ ...best, weather })) changed = true;
    }
    if (best.unclaimed === true && attempt({ ...best, unclaimed: undefined })) changed = true;
    if (best.users.length > 1 && attempt(ofOne(best))) changed = true;
  }
  return best;
}
