/**
 * The page's entry, and the only place that joins its parts: connection, view, input and everything over the water.
 */
import { shoal } from "../proto/gen/shoal.js";
import { ChosenLook } from "./chosen-look.ts";
import { lookOf } from "./entity-look.ts";
import type { PointerPlace } from "./input/pointer-steering.ts";
import { Steering } from "./input/steering.ts";
import { OverlayKey } from "./overlay/overlay-key.ts";
import { PassThrough } from "./overlay/pass-through.ts";
import { keepSeat, type Renewal, takeSeat } from "./renewal.ts";
import { handleServerEvent, type ServerEventHandlers } from "./server-events.ts";
import { type ConnectionState, SyncClient } from "./sync/index.ts";
import { chooseTransport } from "./transport-choice.ts";
import { deadEnd } from "./ui/dead-end.ts";
import { element } from "./ui/element.ts";
import { Hud } from "./ui/hud.ts";
import { Language } from "./ui/language.ts";
import { forgetLook, loadLook, pageStorage, saveLook, tabStorage } from "./ui/look-store.ts";
import { MuteList } from "./ui/mute-list.ts";
import type { BubbleTone } from "./view/ink.ts";
import { PondView } from "./view/pond-view.ts";

/** Longest step that motion is drawn in: a page that slept must not leap. */
const STEP_MAX_S = 0.1;

/** How far from a head a pointer may be to be on it, CSS pixels. */
const MOUSE_REACH = 14;
const FINGER_REACH = 26;

const TOKEN_KEY = "shoal-token";

const storage = pageStorage();
const language = new Language({ preferred: navigator.languages, storage });
language.follow((strings) => {
  document.documentElement.lang = language.tag;
  document.title = strings.pageTitle;
});
await start(language, storage);

async function start(language: Language, storage: Storage | undefined): Promise<void> {
  const canvas = element("canvas", { className: "pond", attributes: { role: "img" } });
  language.follow((strings) => canvas.setAttribute("aria-label", strings.pondLabel));
  const query = new URLSearchParams(location.search);
  const room = query.get("room") ?? undefined;
  const mutes = new MuteList({ storage, room: room ?? "", onChange: () => hud.refreshMutes() });
  const view = await openView(canvas, (id) => mutes.isMuted(id));
  if (view === undefined) {
    document.body.replaceChildren(deadEnd(language));
    return;
  }
  document.body.replaceChildren(canvas);

  const look = loadLook(storage, Math.random);
  saveLook(storage, look);
  const renewal = (): Renewal => ({ storage: tabStorage(), nowMs: Date.now(), room: room ?? "" });
  const line = new PassThrough(chooseTransport(query.get("transport")));
  const client = new SyncClient({
    url: location.origin,
    room,
    join: { look },
    authToken: () => storedToken(storage),
    openTransport: line.open,
    seat: takeSeat(renewal()),
    now: () => performance.now(),
    random: Math.random,
    onState: (state) => {
      if (state.kind === "joined") {
        mutes.enter(client.replica.epoch, client.hasResumed);
        if (!client.hasResumed) hud.chat.restart();
        if (client.lostEvents > 0) hud.chat.noteLost(client.lostEvents);
        chosenLook.joined();
      }
      hud.showConnection(state);
      if (isUpgrade(state) && keepSeat(renewal(), client.seat)) location.reload();
      // A look that the server refuses must not be what the next visit begins with.
      if (state.kind === "ended" && state.code === shoal.CloseCode.CLOSE_CODE_BAD_LOOK) forgetLook(storage);
    },
    onEvent: (event) => handleServerEvent(handlers, event),
    onFrame: () => hud.hearFrame(),
    onEntity: (slot) => {
      const { replica } = client;
      mutes.note(replica.entityId(slot), lookOf(replica.entity(slot))?.name ?? "");
      if (slot === replica.ownSlot) hud.noteOwnLook();
      view.refreshEntity(replica, slot, performance.now());
    },
  });
  const chosenLook = new ChosenLook(client);
  const hud = new Hud({
    language,
    look,
    room,
    storage,
    mutes,
    now: () => performance.now(),
    replica: () => client.replica,
    sendEvent: (event) => client.sendEvent(event),
    onLook: (changed) => {
      saveLook(storage, changed);
      chosenLook.choose(changed);
    },
    onRetry: () => client.retryNow(),
  });
  document.body.append(hud.root);
  const { chat } = hud;
  const tadpoleAt = ({ x, y, pointerType }: PointerPlace): number =>
    view.tadpoleAt(client.replica, { x, y, reach: pointerType === "mouse" ? MOUSE_REACH : FINGER_REACH });
  const steering = new Steering({
    surface: canvas,
    areKeysFree: () => !chat.entry.isOpen && !hud.needsArrowKeys,
    now: () => performance.now(),
    onPress: (event) => chat.entry.handleWaterPress(event.pointerType),
    isTarget: (place) => tadpoleAt(place) >= 0,
    onTap: (place) => hud.startWhisper(tadpoleAt(place)),
  });
  /** Lights up the tadpole that the mouse is on, or the list of those near. */
  const point = () => {
    const { hover } = steering;
    const hovered = hover === undefined ? -1 : tadpoleAt(hover);
    canvas.classList.toggle("is-on-tadpole", hovered >= 0);
    view.pointed = hovered >= 0 ? hovered : client.replica.slotOfId(hud.pointedId);
  };

  const handlers: ServerEventHandlers = {
    said(said) {
      mutes.note(said.fromId ?? 0, said.fromName ?? "");
      chat.hear(said);
      const nowMs = performance.now();
      const tone = toneOf(said.scope);
      view.say({ speakerId: said.fromId ?? 0, text: said.text ?? "", tone, saidMs: nowMs }, nowMs);
    },
    notice: (notice) => hud.notice(notice),
    online: (online) => hud.showOnline(online),
  };

  let density = 0;
  const resize = () => {
    density = window.devicePixelRatio;
    view.resize(window.innerWidth, window.innerHeight, density);
  };
  window.addEventListener("resize", resize);
  resize();

  let drawnMs = performance.now();
  const drawFrame = (nowMs: number) => {
    const { replica } = client;
    const { camera } = view;
    const stepS = Math.min(Math.max(nowMs - drawnMs, 0) / 1000, STEP_MAX_S);
    drawnMs = nowMs;
    // A window that is moved to a denser screen and keeps its size is told nothing.
    if (window.devicePixelRatio !== density) resize();
    const { ownSlot } = replica;
    // Steered from where the tadpole was drawn last: what is pressed now shows in this frame.
    steering.update(camera.screenX(replica.drawX[ownSlot]), camera.screenY(replica.drawY[ownSlot]));
    if (steering.headingRad !== undefined) client.steer(steering.headingRad, steering.isSwimming);
    client.sample(nowMs);
    if (steering.isSwimming && client.state.kind === "joined") hud.noteSwim();
    point();
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

  const noteVisibility = () => {
    // Nobody holds a key in a page that nobody sees.
    if (document.hidden) steering.releaseAll();
    if (document.hidden && steering.headingRad !== undefined) client.steer(steering.headingRad, false);
    client.setHidden(document.hidden);
  };
  document.addEventListener("visibilitychange", noteVisibility);
  let hasLeft = false;
  window.addEventListener("pagehide", () => {
    hasLeft = client.state.kind === "joined" || client.state.kind === "connecting";
    client.leave();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    // What the server has ended does not begin anew by going back; what waits still does.
    if (!persisted || !hasLeft) return;
    // Gone back to, as it was left, but for the focus: the notice of the end took it.
    client.start();
    chat.entry.focusIdle();
  });
  // Told by other tabs of this browser.
  window.addEventListener("storage", () => mutes.reload());
  window.addEventListener("offline", () => hud.noteNetwork(true));
  window.addEventListener("online", () => {
    hud.noteNetwork(false);
    client.retryNow();
  });
  hud.noteNetwork(!navigator.onLine);
  noteVisibility();

  window.shoal = Object.freeze({
    client,
    view,
    get replica() {
      return client.replica;
    },
  });
  chat.entry.focusIdle();
  requestAnimationFrame(drawFrame);
  const overlay = new OverlayKey({
    line,
    client,
    view,
    language,
    parent: hud.root,
    onClose: () => chat.entry.focusIdle(),
  });
  // Before the first connection, which it follows from the start.
  if (query.has("debug")) await overlay.open();
  client.start();
}

/** What whoever signs players in has left for this page; none: the player is a guest. */
function storedToken(storage: Storage | undefined): string {
  try {
    return storage?.getItem(TOKEN_KEY) ?? "";
  } catch {
    return "";
  }
}

/** Undefined where the browser has no WebGL 2. */
async function openView(canvas: HTMLCanvasElement, isMuted: (id: number) => boolean): Promise<PondView | undefined> {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  try {
    return await PondView.open({ canvas, calm, random: Math.random, isMuted });
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/** The server is of another schema than this page. */
function isUpgrade(state: ConnectionState): boolean {
  return state.kind === "ended" && state.code === shoal.CloseCode.CLOSE_CODE_UPGRADE;
}

function toneOf(scope: shoal.Scope | null | undefined): BubbleTone {
  if (scope === shoal.Scope.SCOPE_ROOM) return "room";
  return scope === shoal.Scope.SCOPE_WHISPER ? "whisper" : "nearby";
}
