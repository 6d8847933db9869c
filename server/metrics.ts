/**
 * What the server tells Prometheus. The engine counts in plain numbers (`Counters`); they are copied into prom-client
 * only when somebody scrapes, so a tick costs two `observeTick` calls and nothing else. Label values are fixed sets:
 * no client can add a series.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createStateCounters, SNAPSHOT_RESULTS, type StateCounters } from "./state/state-counters.ts";
import { REJECT_REASONS as TRANSPORT_REASONS } from "./transport/refusal.ts";

/** Why something that a client sent was refused; the values of `shoal_rejects_total{reason}`. */
export const REJECT_REASONS = [
  // Requests that never became a connection, and connections that ended for what came in before anything read it.
  ...TRANSPORT_REASONS,
  // Connections that were closed for what a message says, or for none.
  "undecodable",
  "order",
  "range",
  "hello-timeout",
  "unready",
  "busy",
  "unauthorised",
  "unavailable",
  "replaced",
  "token-guesses",
  "room-name",
  "room-full",
  "rooms-full",
  "room-failed",
  "room-overloaded",
  "address-seats",
  "address-rooms",
  "look",
  // Connections from an address, and players, that an operator does not want here.
  "banned",
  // Events without effect, that the player was told of.
  "notice",
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** Kinds of connections; the values of `shoal_connections{kind}`. */
export const CONNECTION_KINDS = ["websocket", "polling"] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** How rooms are relieved (SPEC O6); the values of `shoal_rooms_relieved{stage}`. */
export const RELIEF_STAGES = ["thinned", "slowed"] as const;
export type ReliefStage = (typeof RELIEF_STAGES)[number];

/** Numbers that only rise. Whoever sees the event adds to the field. */
export interface Counters {
  tickOverruns: number;
  roomsOverloaded: number;
  framesSent: number;
  frameBytes: number;
  framesSkipped: number;
  keyframes: number;
  inputs: number;
  inputsLate: number;
  cellsLost: number;
  roomFailures: number;
  roomRebuilds: number;
  readonly state: StateCounters;
  readonly rejects: Record<RejectReason, number>;
}

/** Numbers of this moment, asked for at each scrape. */
export interface Levels {
  readonly sessions: number;
  readonly rooms: number;
  readonly connections: Readonly<Record<ConnectionKind, number>>;
  /** Rooms that are relieved, by how. */
  readonly relieved: Readonly<Record<ReliefStage, number>>;
}

export interface Metrics {
  /** Once a tick: how long it took, and how long after its due time it began. */
  observeTick(durationMs: number, latenessMs: number): void;
  /** The page that Prometheus reads, to be served with `contentType`. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** A tick at 60 Hz has 16.7 ms, so the steps are fine below that: 0.25 ms to 250 ms, in seconds. */
export const TICK_BUCKETS_S = [
  0.00025, 0.0005, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.0125, 0.015, 0.02, 0.025, 0.035, 0.05,
  0.075, 0.1, 0.15, 0.25,
];

export function createCounters(): Counters {
  const rejects = Object.fromEntries(REJECT_REASONS.map((reason) => [reason, 0])) as Record<RejectReason, number>;
  return {
    tickOverruns: 0,
    roomsOverloaded: 0,
    framesSent: 0,
    frameBytes: 0,
    framesSkipped: 0,
    keyframes: 0,
    inputs: 0,
    inputsLate: 0,
    cellsLost: 0,
    roomFailures: 0,
    roomRebuilds: 0,
    state: createStateCounters(),
    rejects,
  };
}

/** A registry of its own, so that one process (a test) can hold several servers. */
export function createMetrics(counters: Counters, levels: () => Levels, logLinesDropped = () => 0): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const count = (name: string, help: string, read: () => number) => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  count("shoal_tick_overruns_total", "Ticks given up because the loop was too far behind", () => counters.tickOverruns);
  count("shoal_rooms_overloaded_total", "Rooms closed for the time they took", () => counters.roomsOverloaded);
  count("shoal_frames_sent_total", "Frames handed to connections", () => counters.framesSent);
  count("shoal_frame_bytes_total", "Bytes of those frames", () => counters.frameBytes);
  count("shoal_frames_skipped_total", "Frames not sent because the client was behind", () => counters.framesSkipped);
  count("shoal_keyframes_total", "Cell keyframes put into frames", () => counters.keyframes);
  count("shoal_inputs_total", "Inputs taken by ticks", () => counters.inputs);
  count("shoal_inputs_late_total", "Messages with inputs that missed their tick", () => counters.inputsLate);
  count("shoal_cells_lost_total", "Cells that clients asked for again", () => counters.cellsLost);
  count("shoal_room_failures_total", "Rooms whose tick threw", () => counters.roomFailures);
  count("shoal_room_rebuilds_total", "Of these, rooms that were rebuilt", () => counters.roomRebuilds);
  count("shoal_log_lines_dropped_total", "Log lines lost: not read in time, or the disk was full", logLinesDropped);

  const { state } = counters;
  count("shoal_journal_errors_total", "Times that events could not be written to DATA_DIR", () => state.journalErrors);
  new Counter({
    name: "shoal_snapshots_total",
    help: "Snapshots of all rooms for DATA_DIR",
    labelNames: ["result"],
    registers,
    collect() {
      this.reset();
      for (const result of SNAPSHOT_RESULTS) this.inc({ result }, state.snapshots[result]);
    },
  });

  new Counter({
    name: "shoal_rejects_total",
    help: "What clients sent and the server refused",
    labelNames: ["reason"],
    registers,
    collect() {
      this.reset();
      for (const reason of REJECT_REASONS) this.inc({ reason }, counters.rejects[reason]);
    },
  });

  const gauge = (name: string, help: string, read: (levels: Levels) => number) => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(levels()));
      },
    });
  };
  gauge("shoal_sessions", "Players in rooms", (now) => now.sessions);
  gauge("shoal_rooms", "Open rooms", (now) => now.rooms);

  gauge(
    "shoal_checkpoint_seconds",
    "Time within a tick that writing all rooms down took last",
    () => state.checkpointMs / 1000,
  );
  gauge("shoal_snapshot_bytes", "Size of the newest snapshot in DATA_DIR", () => state.snapshotBytes);
  gauge("shoal_snapshot_timestamp_seconds", "When it was taken, since 1970", () => state.snapshotWallMs / 1000);

  new Gauge({
    name: "shoal_connections",
    help: "Open connections",
    labelNames: ["kind"],
    registers,
    collect() {
      const { connections } = levels();
      for (const kind of CONNECTION_KINDS) this.set({ kind }, connections[kind]);
    },
  });

  new Gauge({
    name: "shoal_rooms_relieved",
    help: "Rooms that take too much time and are relieved",
    labelNames: ["stage"],
    registers,
    collect() {
      const { relieved } = levels();
      for (const stage of RELIEF_STAGES) this.set({ stage }, relieved[stage]);
    },
  });

  const histogram = (name: string, help: string) => new Histogram({ name, help, buckets: TICK_BUCKETS_S, registers });
  const duration = histogram("shoal_tick_duration_seconds", "Work of one tick, from its start to its last send");
  const lateness = histogram("shoal_tick_lateness_seconds", "Start of a tick after its due time");

  return {
    observeTick(durationMs, latenessMs) {
      duration.observe(durationMs / 1000);
      lateness.observe(latenessMs / 1000);
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
