/** One world as a Colyseus room: everyone sees all, or a StateView follows each player's view rectangle. */
import { type Client, Room } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import type { Scenario } from "../../scenarios.ts";
import { readInputs } from "../rig/inputs.ts";
import { VisibilityGrid } from "../rig/visibility-grid.ts";
import { World } from "../rig/world.ts";
import { INPUT_TYPE } from "./names.ts";
import { FilteredState, OpenState, Player, type PondState } from "./state.ts";

/**
 * A view is brought up to date in every so many ticks, a share of the clients in each tick. Others are up to 30 world units
 * outside or inside the rectangle then, which nobody sees, and it is cheaper for Colyseus.
 */
const VIEW_TICKS = 4;

export interface PondRoom {
  step(tick: number): void;
}

export interface PondRoomOptions {
  readonly scenario: Scenario;
  readonly playersMax: number;
  readonly hasAreaOfInterest: boolean;
  onOpen(room: PondRoom): void;
}

/** One client's player. */
interface Seat {
  readonly slot: number;
  readonly player: Player;
  /** Undefined when everyone sees all. */
  readonly view: StateView | undefined;
  /** Slots in the view, own left out. */
  seen: number[];
}

/** Colyseus makes rooms by their class, so what a room needs to know is baked into it. */
export function definePondRoom({ scenario, playersMax, hasAreaOfInterest, onOpen }: PondRoomOptions) {
  return class extends Room {
    override state: PondState = hasAreaOfInterest ? new FilteredState() : new OpenState();
    override maxClients = playersMax;
    override autoDispose = false;
    /** Patches are sent at the end of each tick: the same rate, without waiting for a second timer. */
    override patchRate: number | null = null;
    #world = new World(scenario, scenario.seed);
    #grid = new VisibilityGrid(this.#world, scenario);
    #seats = new Map<string, Seat>();
    #seatOfSlot: (Seat | undefined)[] = new Array(this.#world.slotCount).fill(undefined);
    /** Reused by each view update. */
    #visible = new Int32Array(this.#world.slotCount);
    #mark = new Uint8Array(this.#world.slotCount);

    override onCreate(): void {
      this.onMessageBytes(INPUT_TYPE, (client: Client, bytes: Uint8Array) => {
        const seat = this.#seats.get(client.sessionId);
        if (seat !== undefined) readInputs(bytes, this.#world, seat.slot);
      });
      onOpen(this);
    }

    override onJoin(client: Client): void {
      const slot = this.#world.add();
      const player = new Player();
      this.#copy(slot, player);
      this.state.players.set(client.sessionId, player);
      const view = hasAreaOfInterest ? new StateView() : undefined;
      const seat: Seat = { slot, player, view, seen: [] };
      this.#seats.set(client.sessionId, seat);
      this.#seatOfSlot[slot] = seat;
      if (view === undefined) return;
      client.view = view;
      view.add(player);
      this.#updateView(seat, view);
    }

    override onLeave(client: Client): void {
      const seat = this.#seats.get(client.sessionId);
      if (seat === undefined) return;
      this.#seats.delete(client.sessionId);
      this.#seatOfSlot[seat.slot] = undefined;
      this.state.players.delete(client.sessionId);
      this.#world.remove(seat.slot);
      seat.view?.dispose();
      // The slot will be somebody else's.
      for (const other of this.#seats.values()) other.seen = other.seen.filter((slot) => slot !== seat.slot);
    }

    step(tick: number): void {
      this.#world.step(tick);
      // First, so that it is found at a fixed place in the patch.
      this.state.tick = tick;
      for (const { slot, player } of this.#seats.values()) this.#copy(slot, player);
      if (hasAreaOfInterest) {
        this.#grid.update();
        for (const seat of this.#seats.values()) {
          if (seat.view !== undefined && (seat.slot + tick) % VIEW_TICKS === 0) this.#updateView(seat, seat.view);
        }
      }
      this.broadcastPatch();
    }

    #copy(slot: number, player: Player): void {
      player.x = this.#world.x(slot);
      player.y = this.#world.y(slot);
      player.angle = this.#world.angle(slot);
    }

    /** Adds who came into the rectangle, removes who left it. */
    #updateView(seat: Seat, view: StateView): void {
      const count = this.#grid.query(seat.slot, this.#visible);
      for (let i = 0; i < count; i++) this.#mark[this.#visible[i]] = 1;
      const seen: number[] = [];
      for (const slot of seat.seen) {
        if (this.#mark[slot] === 1) {
          this.#mark[slot] = 0;
          seen.push(slot);
        } else {
          const other = this.#seatOfSlot[slot];
          if (other !== undefined) view.remove(other.player);
        }
      }
      for (let i = 0; i < count; i++) {
        const slot = this.#visible[i];
        if (this.#mark[slot] === 0) continue;
        this.#mark[slot] = 0;
        const other = this.#seatOfSlot[slot];
        if (other === undefined) continue;
        view.add(other.player);
        seen.push(slot);
      }
      seat.seen = seen;
    }
  };
}
