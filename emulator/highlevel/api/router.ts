/** Finds the route of a path: literal segments win over parameters. */
import type { Route } from './call';

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
}

export class Router {
  private readonly byShape = new Map<string, Compiled[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = segmentsOf(route.path);
      const shape = `${route.method} ${segments.length}`;
      const group = this.byShape.get(shape) ?? [];
      group.push({ route, segments });
      this.byShape.set(shape, group);
    }
    const parameters = ({ segments }: Compiled) => segments.filter((segment) => segment.startsWith(':')).length;
    for (const group of this.byShape.values()) group.sort((a, b) => parameters(a) - parameters(b));
  }

  find(
    method: string,
    path: string,
    fits: (route: Route) => boolean,
  ): { route: Route; params: Record<string, string> } | undefined {
    const given = segmentsOf(path);
    for (const { route, segments } of this.byShape.get(`${method} ${given.length}`) ?? []) {
      const params = match(segments, given);
      if (params !== undefined && fits(route)) return { route, params };
    }
    return undefined;
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function match(segments: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(given[i]);
    else if (segment !== given[i]) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
