/** A real nginx with the configuration that the project ships, in front of a server of the test. Debian's package, installed if need be. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { installDebianPackage, runsAsRoot } from "./debian.ts";

const shipped = join(import.meta.dirname, "../../server/deploy/nginx.conf");

/** Path of nginx, installed before or now; undefined, said in words, where it cannot be had. So are openssl's. */
export function provideNginx(): string | undefined {
  const found = find("nginx");
  if (found === undefined) installDebianPackage("nginx");
  const path = found ?? find("nginx");
  // Where it can be installed it must be: nobody reads that a test is left out.
  const isWanted = process.platform === "linux" && runsAsRoot();
  if (path === undefined && isWanted) throw new Error("nginx is not there, and could not be installed");
  if (path === undefined) console.log("tests behind nginx are left out: there is none, and it could not be installed");
  else if (find("openssl") === undefined) console.log("tests behind nginx are left out: there is no openssl");
  else return path;
  return undefined;
}

function find(name: string): string | undefined {
  // Administrators' programs are outside the PATH of others.
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export interface Nginx {
  /** The certificate that clients must trust, PEM. */
  readonly certificate: string;
  stop(): Promise<void>;
}

export interface NginxOptions {
  readonly path: string;
  /** An empty folder for all that it writes. */
  readonly folder: string;
  /** Where it listens for TLS, and where the server does. */
  readonly port: number;
  readonly serverPort: number;
}

/** Resolves when it takes connections. */
export async function startNginx({ path, folder, port, serverPort }: NginxOptions): Promise<Nginx> {
  const key = join(folder, "key.pem");
  const certificate = join(folder, "certificate.pem");
  makeCertificate(key, certificate);
  const site = readFileSync(shipped, "utf8")
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace("server 127.0.0.1:3000", `server 127.0.0.1:${serverPort}`)
    .replace("/etc/ssl/shoal.crt", certificate)
    .replace("/etc/ssl/shoal.key", key);
  const file = join(folder, "nginx.conf");
  writeFileSync(file, wholeConfiguration(folder, site));
  const args = ["-e", join(folder, "error.log"), "-c", file];
  const checked = spawnSync(path, [...args, "-t"], { encoding: "utf8" });
  if (checked.status !== 0) throw new Error(`nginx refuses the configuration: ${checked.stderr}`);
  const child = spawn(path, args, { stdio: "ignore" });
  await untilListening(port);
  return {
    certificate: readFileSync(certificate, "utf8"),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** What Debian's own nginx.conf has around a site, but nothing outside the folder. */
function wholeConfiguration(folder: string, site: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => {
    mkdirSync(join(folder, name));
    return `${name}_temp_path ${join(folder, name)};`;
  });
  return `
    ${runsAsRoot() ? "user root;" : ""}
    daemon off;
    worker_processes 1;
    pid ${join(folder, "nginx.pid")};
    events { worker_connections 256; }
    http {
      access_log off;
      ${temporary.join("\n")}
      ${site}
    }`;
}

function makeCertificate(key: string, certificate: string): void {
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const args = ["req", "-x509", ...curve, ...name, "-days", "2", "-keyout", key, "-out", certificate];
  execFileSync("openssl", args, { stdio: "ignore" });
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      // Not yet: a refused connection answers at once, so this is a short wait and no sleep is needed.
      await new Promise((done) => setImmediate(done));
    } finally {
      socket.destroy();
    }
  }
}
