/**
 * Every plain HTTP request: the page's files, the caller's routes (health, metrics) and what there is not. Paths are
 * compared whole. Knows nothing of what the routes say.
 */
import type { HttpRequest, HttpResponse } from "../transport/engine.ts";
import type { BugLog } from "../transport/guard.ts";
import { type Answer, sendAnswer, textAnswer } from "./answer.ts";
import { type StaticFiles, sendStaticFile } from "./static-files.ts";

/** Makes the answer to a GET. May take its time. */
export type Route = () => Answer | Promise<Answer>;

export interface RouterOptions {
  readonly files: StaticFiles;
  /** By path; wins over a file of the same name. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly log: BugLog;
}

const METHODS_ALLOWED = "GET, HEAD";

/** Answers the request, now or later. */
export function routeRequest(res: HttpResponse, req: HttpRequest, { files, routes, log }: RouterOptions): void {
  const path = req.getUrl();
  const method = req.getMethod();
  const route = routes.get(path);
  const file = files.get(path);
  if (route === undefined && file === undefined) {
    const text =
      path === "/" ? "The page is not built. Run `npm run build` and start again." : "There is nothing here.";
    sendAnswer(res, textAnswer(404, text), { isHead: method === "head", closeConnection: hasBody(method) });
  } else if (method !== "get" && method !== "head") {
    sendAnswer(res, textAnswer(405, "Only GET and HEAD here.", [["Allow", METHODS_ALLOWED]]), {
      closeConnection: true,
    });
  } else if (route !== undefined) {
    sendRoute(res, path, route, method === "head", log);
  } else if (file !== undefined) {
    sendStaticFile(res, req, file);
  }
}

function hasBody(method: string): boolean {
  return method !== "get" && method !== "head";
}

function sendRoute(res: HttpResponse, path: string, route: Route, isHead: boolean, log: BugLog): void {
  let isAborted = false;
  res.onAborted(() => {
    isAborted = true;
  });
  // `route` may throw at once or later; either way the answer is a 500.
  const answer = new Promise<Answer>((resolve) => resolve(route()));
  answer
    .catch((error: unknown) => {
      log.error({ err: error, path }, "bug: a route failed");
      return textAnswer(500, "internal error");
    })
    .then((made) => {
      if (!isAborted) sendAnswer(res, made, { isHead });
    });
}
