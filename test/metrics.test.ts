/** /metrics: every promised series is there, follows the counters, and clients cannot add more. */
import { expect, test } from "vitest";
import { createCounters, createMetrics, type Levels, REJECT_REASONS, TICK_BUCKETS_S } from "../server/metrics.ts";

const NOBODY: Levels = {
  sessions: 0,
  rooms: 0,
  connections: { websocket: 0, polling: 0 },
  relieved: { thinned: 0, slowed: 0 },
};

/** The value of one series, by its full name with labels. */
function sample(page: string, series: string): number {
  const line = page.split("\n").find((text) => text.startsWith(`${series} `));
  if (line === undefined) throw new Error(`no ${series} in:\n${page}`);
  return Number(line.slice(series.length + 1));
}

test("every series is there before anything has happened", async () => {
  const page = await createMetrics(createCounters(), () => NOBODY).render();
  const zero = [
    "shoal_tick_duration_seconds_count",
    "shoal_tick_lateness_seconds_count",
    "shoal_tick_overruns_total",
    "shoal_sessions",
    "shoal_rooms",
    "shoal_frames_sent_total",
    "shoal_frame_bytes_total",
    "shoal_frames_skipped_total",
    "shoal_keyframes_total",
    "shoal_inputs_total",
    "shoal_room_failures_total",
    "shoal_room_rebuilds_total",
    "shoal_log_lines_dropped_total",
    "shoal_journal_errors_total",
    'shoal_snapshots_total{result="ok"}',
    'shoal_snapshots_total{result="failed"}',
    'shoal_snapshots_total{result="skipped"}',
    "shoal_snapshot_bytes",
    "shoal_snapshot_timestamp_seconds",
    "shoal_checkpoint_seconds",
    "shoal_rooms_overloaded_total",
    'shoal_rooms_relieved{stage="thinned"}',
    'shoal_rooms_relieved{stage="slowed"}',
    'shoal_connections{kind="websocket"}',
    'shoal_connections{kind="polling"}',
    ...REJECT_REASONS.map((reason) => `shoal_rejects_total{reason="${reason}"}`),
  ];
  for (const series of zero) expect(sample(page, series), series).toBe(0);
  expect(page).toContain("process_cpu_seconds_total");
  expect(page).toContain("nodejs_eventloop_lag_seconds");
});

test("scrapes show the counters of that moment, however often they come", async () => {
  const counters = createCounters();
  const levels = {
    sessions: 3,
    rooms: 1,
    connections: { websocket: 2, polling: 1 },
    relieved: { thinned: 0, slowed: 1 },
  };
  let dropped = 0;
  const metrics = createMetrics(
    counters,
    () => levels,
    () => dropped,
  );
  counters.framesSent = 7;
  counters.rejects.undecodable = 2;
  dropped = 4;
  await metrics.render();
  counters.framesSent += 5;
  levels.sessions = 2;
  const page = await metrics.render();
  expect(sample(page, "shoal_frames_sent_total")).toBe(12);
  expect(sample(page, 'shoal_rejects_total{reason="undecodable"}')).toBe(2);
  expect(sample(page, "shoal_sessions")).toBe(2);
  expect(sample(page, "shoal_log_lines_dropped_total")).toBe(4);
  expect(sample(page, 'shoal_connections{kind="polling"}')).toBe(1);
  expect(sample(page, 'shoal_rooms_relieved{stage="slowed"}')).toBe(1);
});

test("ticks land in buckets from 0.25 ms to 250 ms", async () => {
  const metrics = createMetrics(createCounters(), () => NOBODY);
  metrics.observeTick(0.2, 0);
  metrics.observeTick(1.2, 0.4);
  metrics.observeTick(300, 20);
  const page = await metrics.render();
  expect(TICK_BUCKETS_S.at(0)).toBe(0.00025);
  expect(TICK_BUCKETS_S.at(-1)).toBe(0.25);
  expect(sample(page, 'shoal_tick_duration_seconds_bucket{le="0.00025"}')).toBe(1);
  expect(sample(page, 'shoal_tick_duration_seconds_bucket{le="0.0015"}')).toBe(2);
  expect(sample(page, 'shoal_tick_duration_seconds_bucket{le="0.25"}')).toBe(2);
  expect(sample(page, 'shoal_tick_duration_seconds_bucket{le="+Inf"}')).toBe(3);
  expect(sample(page, "shoal_tick_duration_seconds_sum")).toBeCloseTo(0.3014, 9);
  expect(sample(page, 'shoal_tick_lateness_seconds_bucket{le="0.0005"}')).toBe(2);
});

test("two servers in one process count apart", async () => {
  const [one, two] = [createCounters(), createCounters()];
  const pages = [createMetrics(one, () => NOBODY), createMetrics(two, () => NOBODY)];
  one.inputs = 1;
  expect(await Promise.all(pages.map(async (metrics) => sample(await metrics.render(), "shoal_inputs_total")))).toEqual(
    [1, 0],
  );
});
