/**
 * The image, as far as it can be proved without a container engine: what the Dockerfile copies is there, and what its last
 * stage holds is enough to start, to be asked for its health and to end.
 */
import { type ChildProcess, execFile, execSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildPage } from "../../server/build/page.ts";
import { freePort } from "../setup/free-port.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const packageJson = JSON.parse(read("package.json"));

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage, without comments. */
function stagesOf(dockerfile: string): Instruction[][] {
  const stages: Instruction[][] = [];
  for (const line of dockerfile.split("\n")) {
    const [, name, text] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (name === "FROM") stages.push([]);
    stages.at(-1)?.push({ name, text });
  }
  return stages;
}

const stages = stagesOf(read("server/deploy/Dockerfile"));
const last = stages.at(-1) ?? [];

function textsOf(instructions: readonly Instruction[], name: string): string[] {
  return instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** What COPY takes out of the repository, in a stage. */
function copied(instructions: readonly Instruction[]): string[] {
  return textsOf(instructions, "COPY")
    .filter((text) => !text.startsWith("--from"))
    .flatMap((text) => text.split(" ").slice(0, -1));
}

/** Packages that the Dockerfile's own npm commands leave: they run for real, but for taking packages off the disk, which npm then only tells. */
function packagesLeft(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "shoal-packages-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) cpSync(join(root, file), join(folder, file));
  const command = stages.flatMap((stage) => textsOf(stage, "RUN")).find((text) => text.includes("npm prune")) ?? "";
  const env = { ...process.env, npm_config_dry_run: "true", npm_config_json: "true", npm_config_offline: "true" };
  // Throws with npm's words if it refuses.
  const printed = execSync(command, { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  // Nothing is installed in the folder, so what belongs there npm would add.
  const { add }: { add: { path: string }[] } = JSON.parse(printed.slice(printed.indexOf("{")));
  return add.map(({ path }) => relative(realpathSync(folder), path));
}

/** A folder with what the last stage holds and nothing else; packages are links. */
function makeImage(): string {
  const image = mkdtempSync(join(tmpdir(), "shoal-image-"));
  onTestFinished(() => rmSync(image, { recursive: true, force: true }));
  for (const path of copied(last)) cpSync(join(root, path), join(image, path), { recursive: true });
  cpSync(join(root, "dist"), join(image, "dist"), { recursive: true });
  const packages = packagesLeft();
  expect(packages).toContain("node_modules/protobufjs");
  for (const path of packages) {
    mkdirSync(dirname(join(image, path)), { recursive: true });
    symlinkSync(join(root, path), join(image, path));
  }
  return image;
}

/** Environment of the image, with its folder for state, and a free port. */
function imageEnv(image: string): Record<string, string> {
  const pairs = textsOf(last, "ENV").flatMap((text) => text.split(" ").map((pair) => pair.split("=")));
  const env = Object.fromEntries(pairs);
  expect(env.DATA_DIR).toBe("/data");
  // A port that nobody named is another one when it is in use, and the health check would ask a stranger.
  expect(env.ADMIN_PORT).toBe("4000");
  const dataDir = join(image, "data");
  mkdirSync(dataDir);
  // Links are followed by name: a package must not find what lies beside the original.
  const options = { NODE_OPTIONS: "--preserve-symlinks --preserve-symlinks-main" };
  return { ...env, ...options, PATH: process.env["PATH"] ?? "", HOST: "127.0.0.1", DATA_DIR: dataDir, PORT: "0" };
}

/** Port that the server says it listens on. */
async function portOf(server: ChildProcess): Promise<number> {
  let printed = "";
  server.stderr?.on("data", (text) => {
    printed += text;
  });
  for await (const text of server.stdout ?? []) {
    printed += text;
    const port = /open http:\/\/[^:]+:(\d+)/.exec(printed)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`ended after: ${printed}`);
}

describe("the image", () => {
  beforeAll(() => buildPage({ force: false }), 60_000);

  test("copies what there is, and nothing that .dockerignore keeps from it", () => {
    const taken = read(".dockerignore")
      .split("\n")
      .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
    const paths = stages.flatMap(copied);
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(taken).toContain(path);
    }
    expect(taken.toSorted()).toEqual([...new Set(paths)].toSorted());
  });

  test("has the Node that the project pins, and runs as somebody without rights", () => {
    for (const [from] of stages) expect(from.text).toMatch(`node:${packageJson.dependencies.node}-bookworm-slim`);
    expect(textsOf(last, "USER")).toEqual(["node"]);
    // Whatever is written comes before the user changes.
    const names = last.map(({ name }) => name);
    expect(names.lastIndexOf("RUN")).toBeLessThan(names.indexOf("USER"));
  });

  test("O1 O4 starts with what its last stage holds, shows that it lives, writes no file beside its state, and ends", async () => {
    const image = makeImage();
    for (const name of ["vite", "pixi.js", "node"]) {
      expect(existsSync(join(root, "node_modules", name)), name).toBe(true);
      expect(existsSync(join(image, "node_modules", name)), name).toBe(false);
    }
    const env = { ...imageEnv(image), ADMIN_PORT: String(await freePort()) };
    const [command] = textsOf(last, "CMD");
    const [node, ...args] = JSON.parse(command) as string[];
    expect(node).toBe("node");
    const server = spawn(process.execPath, args, { cwd: image, env, stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => {
      server.kill("SIGKILL");
    });
    const port = await portOf(server);
    server.stdout?.resume();
    const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(page).toContain("<script");

    const check = JSON.parse(/CMD (\[.*\])$/.exec(textsOf(last, "HEALTHCHECK")[0])?.[1] ?? "[]") as string[];
    expect(check[0]).toBe("node");
    const run = promisify(execFile);
    // Of the operators' port: a full server closes the game's, and is not to be ended for it.
    await run(process.execPath, check.slice(1), { env: { ...env, PORT: "1" } });
    const closed = once(server, "close");
    server.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    await expect(run(process.execPath, check.slice(1), { env })).rejects.toMatchObject({
      code: 1,
    });
  });
});

describe("the health check", () => {
  test("O2 waits for a server that takes a minute to load, as the supervisor does", () => {
    const startPeriodS = /--start-period=(\d+)s /.exec(textsOf(last, "HEALTHCHECK")[0])?.[1];
    expect(Number(startPeriodS)).toBeGreaterThanOrEqual(60);
  });
});

describe("the compose file", () => {
  const compose = read("server/deploy/compose.yaml");

  // No reader of YAML is installed, and the lines are few.
  test.each([
    ["the Dockerfile", "dockerfile: server/deploy/Dockerfile"],
    ["a read-only root", "read_only: true"],
    ["state on a volume", "- state:/data"],
    ["more time to end than a drain takes", "stop_grace_period: 15s"],
    ["the operators' port for this machine alone", '- "127.0.0.1:4000:4000"'],
    ["restarts", "restart: unless-stopped"],
    ["page origins from outside", "ORIGINS:"],
    ["proxies from outside", "TRUSTED_PROXIES:"],
    ["rooms from outside", "ROOMS:"],
    ["the secret of tokens from outside", "AUTH_SECRET:"],
    ["the keys of tokens from outside", "AUTH_JWKS_URL:"],
    ["files enough for every socket", "nofile: 16384"],
  ])("has %s", (_, line) => {
    expect(compose.split("\n").map((text) => text.trim())).toContain(line);
  });
});
