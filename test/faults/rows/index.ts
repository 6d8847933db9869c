/** All rows, in their order. */
import type { Row } from "../row.ts";
import { slowReader } from "./f01-slow-reader.ts";
import { halfOpen } from "./f02-half-open.ts";
import { flood } from "./f03-flood.ts";
import { malformed } from "./f04-malformed.ts";
import { oversize } from "./f05-oversize.ts";
import { counts } from "./f06-counts.ts";
import { text } from "./f07-text.ts";
import { clock } from "./f08-clock.ts";
import { stall } from "./f09-stall.ts";
import { sigterm } from "./f10-sigterm.ts";
import { sigkill } from "./f11-sigkill.ts";
import { duplicate } from "./f13-duplicate.ts";
import { replay } from "./f14-replay.ts";
import { origin } from "./f15-origin.ts";
import { slowloris } from "./f16-slowloris.ts";
import { deflate } from "./f17-deflate.ts";
import { descriptors } from "./f18-descriptors.ts";
import { overrun } from "./f19-overrun.ts";
import { storm } from "./f20-storm.ts";
import { exception } from "./f22-exception.ts";
import { soak } from "./f23-soak.ts";
import { stray } from "./f24-stray.ts";
import { rolling } from "./f25-rolling.ts";
import { fullDisk } from "./f26-full-disk.ts";
import { logs } from "./f26-logs.ts";

export const ROWS: readonly Row[] = [
  slowReader,
  halfOpen,
  flood,
  malformed,
  oversize,
  counts,
  text,
  clock,
  stall,
  sigterm,
  sigkill,
  duplicate,
  replay,
  origin,
  slowloris,
  deflate,
  descriptors,
  overrun,
  storm,
  exception,
  soak,
  stray,
  rolling,
  logs,
  fullDisk,
];
