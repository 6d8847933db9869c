/** Two groups, one after the other: browsers and load would disturb each other's clocks. */
import { defineConfig } from "vitest/config";

/** Vitest would leave one core of two idle. */
const WORKERS = 2;

export default defineConfig({
  test: {
    // The native socket binary is loaded once per process; forks keep a crash of it inside one test file.
    pool: "forks",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          testTimeout: 20_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/setup/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
