/**
 * The page's entry, and the only place that joins its parts: connection, view, input and everything over the water.
 */
import { shoal } from "../proto/gen/shoal.js";
import { Steering } from "./input/steering.ts";
import { handleServerEvent, type ServerEventHandlers } from "./server-events.ts";
import { SyncClient } from "./sync/index.ts";
import { chooseTransport } from "./transport-choice.ts";
import { element } from "./ui/element.ts";
import { Hud } from "./ui/hud.ts";
import { forgetLook, loadLook, pageStorage, saveLook } from "./ui/look-store.ts";
import { chooseStrings, type Strings } from "./ui/strings.ts";
import { PondView } from "./view/pond-view.ts";
import type { BubbleTone } from "./view/text-texture.ts";

/** Longest step that motion is drawn in: a page that slept must not leap. */
const STEP_MAX_S = 0.1;

const { tag, strings } = chooseStrings(navigator.languages);
document.documentElement.lang = tag;
await start(strings);

async function start(strings: Strings): Promise<void> {
  const canvas = element("canvas", { className: "pond", attributes: { role: "img", "aria-label": strings.pondLabel } });
  document.body.append(canvas);
  const view = await openView(canvas);
  if (view === undefined) {
    document.body.replaceChildren(
      element("p", { className: "dead-end", text: strings.noWebGl, attributes: { role: "alert" } }),
    );
    return;
  }

  const query = new URLSearchParams(location.search);
  const room = query.get("room") ?? undefined;
  const storage = pageStorage();
  const look = loadLook(storage, Math.random);
  saveLook(storage, look);
  const client = new SyncClient({
    url: location.origin,
    room,
    join: { look },
    openTransport: chooseTransport(query.get("transport")),
    now: () => performance.now(),
    random: Math.random,
    onState: (state) => {
      hud.showConnection(state);
      // A look that the server refuses must not be what the next visit begins with.
      if (state.kind === "ended" && state.code === shoal.CloseCode.CLOSE_CODE_BAD_LOOK) forgetLook(storage);
    },
    onEvent: (event) => handleServerEvent(handlers, event),
    onFrame: () => hud.hearFrame(),
    onEntity: (slot) => view.refreshEntity(client.replica, slot, performance.now()),
  });
  const hud = new Hud({
    strings,
    look,
    room,
    storage,
    now: () => performance.now(),
    replica: () => client.replica,
    sendEvent: (event) => client.sendEvent(event),
    onLook: (changed) => {
      saveLook(storage, changed);
      client.join = { look: changed };
      client.sendEvent({ look: changed });
    },
  });
  document.body.append(hud.root);
  const { chat } = hud;
  const steering = new Steering({
    surface: canvas,
    areKeysFree: () => !chat.entry.isOpen && !hud.isEditing,
    onPress: (event) => chat.entry.handleWaterPress(event.pointerType),
  });

  const handlers: ServerEventHandlers = {
    said(said) {
      chat.hear(said);
      const nowMs = performance.now();
      const tone = toneOf(said.scope);
      view.say({ speakerId: said.fromId ?? 0, text: said.text ?? "", tone, saidMs: nowMs }, nowMs);
    },
    notice: (notice) => chat.notice(notice),
    online: (online) => hud.showOnline(online),
  };

  const resize = () => view.resize(window.innerWidth, window.innerHeight, window.devicePixelRatio);
  window.addEventListener("resize", resize);
  resize();

  let drawnMs = performance.now();
  const drawFrame = (nowMs: number) => {
    const { replica } = client;
    const { camera } = view;
    const stepS = Math.min(Math.max(nowMs - drawnMs, 0) / 1000, STEP_MAX_S);
    drawnMs = nowMs;
    replica.sample(nowMs);
    const { ownSlot } = replica;
    steering.update(camera.screenX(replica.drawX[ownSlot]), camera.screenY(replica.drawY[ownSlot]));
    if (steering.headingRad !== undefined) client.steer(steering.headingRad, steering.isSwimming);
    if (steering.isSwimming && client.state.kind === "joined") hud.noteSwim();
    view.draw(replica, nowMs, stepS);
    client.setView(
      camera.x - camera.viewWidth / 2,
      camera.y - camera.viewHeight / 2,
      camera.viewWidth,
      camera.viewHeight,
    );
    hud.draw(
      { x: camera.x, y: camera.y, width: camera.width / camera.zoom, height: camera.height / camera.zoom },
      nowMs,
    );
    requestAnimationFrame(drawFrame);
  };

  window.shoal = Object.freeze({
    client,
    view,
    get replica() {
      return client.replica;
    },
  });
  chat.entry.focusIdle();
  requestAnimationFrame(drawFrame);
  client.start();
}

/** Undefined where the browser has no WebGL. */
async function openView(canvas: HTMLCanvasElement): Promise<PondView | undefined> {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  try {
    return await PondView.open({ canvas, calm, random: Math.random });
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

function toneOf(scope: shoal.Scope | null | undefined): BubbleTone {
  if (scope === shoal.Scope.SCOPE_ROOM) return "room";
  return scope === shoal.Scope.SCOPE_WHISPER ? "whisper" : "nearby";
}
