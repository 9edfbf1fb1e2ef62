/** Serves `services.leadconnectorhq.com`: route, token, rate limit, version, scope, location, then the endpoint. */
import { jsonResponse, type EmulatedRequest, type EmulatedResponse } from '../../core/http';
import { CrmRefusal, stamp, type Crm } from '../crm';
import type { Token } from '../state';
import { checkAccess, checkLocation, checkVersion, tokenOf } from './auth';
import { Call, type Reply, type Route } from './call';
import { ApiError, badRequest, notFound } from './errors';
import { countRequest, rateHeaders } from './rate-limit';
import type { Router } from './router';
import { traceIdOf } from './trace';

/** Requests from outside the add-on are neither limited nor counted. */
export const OUTSIDE_HEADER = 'x-threadlink-outside';

const NOBODY: Token = Object.freeze({ token: '', kind: 'app', scopes: [] });

export function serveApi(crm: Crm, router: Router, request: EmulatedRequest): EmulatedResponse {
  const outside = request.headers[OUTSIDE_HEADER] !== undefined;
  if (!outside) crm.state.requests++;
  const traceId = traceIdOf(crm.state.requests, request.path.length);
  const common: Record<string, string> = { date: new Date(stamp(crm)).toUTCString(), 'x-trace-id': traceId };
  try {
    const reply = answer(crm, router, request, traceId, outside, common);
    if (reply.body === undefined) return { status: reply.status, headers: common, body: Buffer.alloc(0) };
    return jsonResponse(reply.status, reply.body, common);
  } catch (caught) {
    // What the CRM's screens would say no to, the API does too.
    const error = caught instanceof CrmRefusal ? badRequest(caught.message) : caught;
    if (error instanceof ApiError) {
      if (error.body['empty'] === true) return { status: error.status, headers: common, body: Buffer.alloc(0) };
      const v3Form = crm.switches.v3ErrorForm === 'object' && request.headers['version'] === 'v3';
      const body = v3Form ? { error: v3Error(error) } : error.body;
      return jsonResponse(error.status, { ...body, traceId }, { ...common, ...error.headers });
    }
    return jsonResponse(500, { statusCode: 500, message: 'Internal server error', traceId }, common);
  }
}

function answer(
  crm: Crm,
  router: Router,
  request: EmulatedRequest,
  traceId: string,
  outside: boolean,
  common: Record<string, string>,
): Reply {
  const [path, search = ''] = split(request.path);
  if (crm.switches.acceptRequired && !(request.headers['accept'] ?? '').includes('application/json')) {
    throw new ApiError(404, { empty: true });
  }
  const v3 = request.headers['version'] === 'v3';
  const fits = (route: Route) => (route.version === 'v3' ? v3 : route.version === 'dated' ? !v3 : true);
  const found = router.find(request.method, path, fits);
  if (found === undefined) throw notFound(`Cannot ${request.method} ${path}`);
  const { route, params } = found;
  if (route.open === true) {
    return route.handle(
      new Call(crm, params, new URLSearchParams(search), request.headers, request.body, NOBODY, traceId),
    );
  }
  const token = tokenFor(crm, route, request);
  try {
    if (!outside) countRequest(crm, token);
  } finally {
    Object.assign(common, rateHeaders(crm, token));
  }
  checkVersion(route, request.headers);
  checkAccess(route, token);
  const call = new Call(crm, params, new URLSearchParams(search), request.headers, request.body, token, traceId);
  checkLocation(call);
  return route.handle(call);
}

function tokenFor(crm: Crm, route: Route, request: EmulatedRequest): Token {
  try {
    return tokenOf(crm, request.headers);
  } catch (error) {
    const broken = crm.switches.inboundBadTokenIs500 && route.path === '/conversations/messages/inbound';
    throw broken ? new ApiError(500, { statusCode: 500, message: 'Internal server error' }) : error;
  }
}

/** The form that v3 sometimes has (facts, highlevel 1). */
function v3Error({ status, body }: ApiError): Record<string, unknown> {
  return { code: String(status), message: body['message'], details: [], resolution: '' };
}

export function split(path: string): [string, string?] {
  const mark = path.indexOf('?');
  return mark === -1 ? [path] : [path.slice(0, mark), path.slice(mark + 1)];
}
