/**
 * The pond: tadpoles that swim where their players steer, and chat. The rules of the game, nothing of the engine.
 */
import { shoal } from "../../proto/gen/shoal.js";
import { HEADING_STEPS, POSITION_STEPS, roundingAt, steer } from "../../proto/motion.ts";
import type { ByteWriter } from "../../proto/wire.ts";
import type { CreateGame, Entered, Game, GameHost, Identity } from "../room/game.ts";
import type { Relief } from "../room/relief.ts";
import { ChatQuota } from "./chat-quota.ts";
import { handleClientEvent, notice, type Pond, REPORT_QUOTA, type Swimmer } from "./client-events.ts";
import { type HeardLine, HeardLines } from "./heard-lines.ts";
import { checkInput, takeInput } from "./inputs.ts";
import { type CleanLook, cleanLook, givenNameOf } from "./look.ts";
import { encodeTadpole, loadTadpole, writeTadpole } from "./saved-tadpole.ts";
import { guestName, TakenNames } from "./taken-names.ts";
import { type FilterText, noFilter } from "./word-filter.ts";

/** Between two changes of one look. */
const LOOK_INTERVAL_MS = 500;

export interface PondOptions {
  /** Newcomers appear this close to the middle on each axis, world units; 150 in the originals. */
  readonly spawnRange: number;
  /** What others see of names and lines; all of it if left out. */
  readonly filter?: FilterText;
}

export function pondGame(options: PondOptions): CreateGame {
  return (host) => new TadpolePond(host, options);
}

class TadpolePond implements Game, Pond {
  readonly host: GameHost;
  readonly filter: FilterText;
  readonly #names = new TakenNames();
  readonly #swimmers: (Swimmer | undefined)[];
  readonly #byId = new Map<number, Swimmer>();
  /** Who has a next look. */
  readonly #waiting = new Set<Swimmer>();
  /** Where each tadpole turns to, heading steps. */
  readonly #wanted: Uint16Array;
  /** 1 for each slot whose player swims. */
  readonly #swims: Uint8Array;
  readonly #spawnSteps: number;
  #isBusy = false;

  constructor(host: GameHost, options: PondOptions) {
    this.host = host;
    this.filter = options.filter ?? noFilter;
    this.#spawnSteps = options.spawnRange * POSITION_STEPS;
    this.#swimmers = new Array(host.world.slotCount).fill(undefined);
    this.#wanted = new Uint16Array(host.world.slotCount);
    this.#swims = new Uint8Array(host.world.slotCount);
  }

  swimmer(id: number): Swimmer | undefined {
    return this.#byId.get(id);
  }

  hear(slot: number, line: HeardLine): void {
    this.#swimmers[slot]?.heard.add(line);
  }

  enter(join: shoal.Join.$Shape, identity?: Identity): Entered {
    const { host } = this;
    const { world } = host;
    // Checked before the entity exists, so the name for guests is only known after it.
    const givenName = givenNameOf(identity?.name);
    const checked = cleanLook(join.look ?? {}, { guestName: "Guest", givenName, filter: this.filter });
    if (typeof checked === "string") return { refused: checked };
    const near = (middle: number) => Math.round(middle + (host.random() * 2 - 1) * Math.min(this.#spawnSteps, middle));
    const heading = Math.floor(host.random() * HEADING_STEPS);
    const slot = world.add(near(world.rules.widthSteps / 2), near(world.rules.heightSteps / 2), heading);
    const id = world.ids[slot];
    const wantedName = givenName !== undefined || join.look?.name ? checked.name : "";
    const name = wantedName === "" ? guestName(id) : this.#names.choose(wantedName, id);
    this.#wanted[slot] = heading;
    this.#place({
      slot,
      id,
      look: { ...checked, name },
      wantedName,
      lastWords: "",
      lastWordsTick: 0,
      isAway: false,
      givenName,
      quota: new ChatQuota(host.tickHz),
      reportQuota: new ChatQuota(host.tickHz, REPORT_QUOTA),
      heard: new HeardLines(),
      lookFreeTick: 0,
      nextLook: undefined,
      saved: undefined,
    });
    return { slot };
  }

  #place(swimmer: Swimmer): void {
    this.#swims[swimmer.slot] = 0;
    this.#swimmers[swimmer.slot] = swimmer;
    this.#byId.set(swimmer.id, swimmer);
    this.#names.take(swimmer.look.name, swimmer.id);
  }

  save(slot: number, to: ByteWriter): void {
    const swimmer = this.#swimmers[slot];
    if (swimmer === undefined) return;
    swimmer.saved ??= encodeTadpole(swimmer);
    writeTadpole(to, this.#wanted[slot], swimmer.saved);
  }

  load(slot: number, saved: Uint8Array): void {
    const { wanted, swimmer } = loadTadpole(saved, slot, this.host);
    this.#wanted[slot] = wanted;
    this.#place(swimmer);
    if (swimmer.nextLook !== undefined) this.#waiting.add(swimmer);
  }

  leave(slot: number): void {
    const swimmer = this.#swimmers[slot];
    if (swimmer !== undefined) {
      this.#byId.delete(swimmer.id);
      this.#waiting.delete(swimmer);
      this.#names.release(swimmer.look.name, swimmer.id);
    }
    this.#swimmers[slot] = undefined;
  }

  away(slot: number): void {
    // Nobody is at the helm: it glides.
    this.#swims[slot] = 0;
    this.#setAway(slot, true);
  }

  back(slot: number, join: shoal.Join.$Shape | undefined, identity?: Identity): void {
    this.#setAway(slot, false);
    const swimmer = this.#swimmers[slot];
    if (swimmer === undefined || join === undefined) return;
    swimmer.givenName = givenNameOf(identity?.name);
    // What was changed without a connection, and only if it was: an empty name is not a wish to be called Guest.
    const { filter } = this;
    const asked = cleanLook(join.look ?? {}, { guestName: "", givenName: swimmer.givenName, filter });
    if (typeof asked === "string" || asked.name === "") return;
    // Who resumes keeps the name, though the one asked for may be free by now.
    const look = asked.name === swimmer.wantedName ? { ...asked, name: swimmer.look.name } : asked;
    if (!isSameLook(look, swimmer.look)) this.changeLook(swimmer, look);
  }

  #setAway(slot: number, isAway: boolean): void {
    const swimmer = this.#swimmers[slot];
    if (swimmer === undefined || swimmer.isAway === isAway) return;
    swimmer.isAway = isAway;
    this.host.restChanged(slot);
  }

  relief(relief: Relief): void {
    const wasBusy = this.#isBusy;
    this.#isBusy = relief !== "none";
    // Once, however many stages follow.
    if (this.#isBusy && !wasBusy) this.host.tellAll({ notice: { code: shoal.NoticeCode.NOTICE_CODE_ROOM_BUSY } });
  }

  isInput(input: shoal.Input.$Shape): boolean {
    return input.kind !== undefined && checkInput(input.kind, input);
  }

  input(slot: number, input: shoal.Input.$Shape): void {
    if (input.kind !== undefined) takeInput(input.kind, input, { slot, wanted: this.#wanted, swims: this.#swims });
  }

  event(slot: number, event: shoal.ClientEvent.$Shape): void {
    const swimmer = this.#swimmers[slot];
    if (swimmer === undefined) return;
    swimmer.saved = undefined;
    handleClientEvent(this, swimmer, event);
  }

  /** Each change is told to everyone in view: somebody dragging a colour picker must not flood them. */
  changeLook(swimmer: Swimmer, look: CleanLook): void {
    const { tick, tickHz } = this.host;
    swimmer.saved = undefined;
    if (tick < swimmer.lookFreeTick) {
      swimmer.nextLook = look;
      this.#waiting.add(swimmer);
      return;
    }
    // Whatever waited was asked for before.
    swimmer.nextLook = undefined;
    this.#waiting.delete(swimmer);
    if (!this.#rename(swimmer, look.name)) return notice(this, swimmer, shoal.NoticeCode.NOTICE_CODE_NAME_TAKEN);
    swimmer.look = { ...look, name: swimmer.look.name };
    swimmer.lookFreeTick = tick + Math.ceil((LOOK_INTERVAL_MS * tickHz) / 1000);
    this.host.restChanged(swimmer.slot);
  }

  /** Gives the name if nobody else has it. False if somebody has, and it is not only the one asked for all along. */
  #rename(swimmer: Swimmer, name: string): boolean {
    const { id, look, wantedName } = swimmer;
    if (name === look.name) return true;
    if (!this.#names.isFree(name, id)) return name === wantedName;
    this.#names.release(look.name, id);
    this.#names.take(name, id);
    swimmer.look = { ...look, name };
    swimmer.wantedName = name;
    return true;
  }

  step(): void {
    if (this.#waiting.size > 0) this.#changeWaitingLooks();
    const { motion, rules, live, liveCount } = this.host.world;
    const rounding = roundingAt(this.host.tick);
    for (let i = 0; i < liveCount; i++) {
      const slot = live[i];
      steer(motion, slot, this.#wanted[slot], this.#swims[slot] === 1, rules, rounding);
    }
  }

  nameOf(slot: number): string {
    return this.#swimmers[slot]?.look.name ?? "";
  }

  #changeWaitingLooks(): void {
    for (const swimmer of this.#waiting) {
      if (this.host.tick < swimmer.lookFreeTick || swimmer.nextLook === undefined) continue;
      this.changeLook(swimmer, swimmer.nextLook);
    }
  }

  entity(slot: number): shoal.Entity.$Properties {
    const swimmer = this.#swimmers[slot];
    if (swimmer === undefined) return {};
    const { look, lastWords, lastWordsTick, isAway } = swimmer;
    return { tadpole: { look, lastWords, lastWordsTick, away: isAway } };
  }
}

function isSameLook(a: CleanLook, b: CleanLook): boolean {
  return a.name === b.name && a.colour === b.colour && a.gender === b.gender;
}
