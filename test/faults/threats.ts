/** Who may want what of a server, what stands against it, and which test holds that. README.md shows it; a test looks the tests up. */

export interface Threat {
  readonly id: string;
  readonly threat: string;
  readonly defence: string;
  /** Files below test/, and titles as they stand there. */
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const at = (file: string, title: string) => ({ file, title });

/** T16 and T17 are of a broker between servers, which there is none of yet. */
export const THREATS: readonly Threat[] = [
  {
    id: "T1",
    threat: "a page of another site opens a socket in a player's browser",
    defence: "exact list of origins, judged before the upgrade; a token in the first message, no cookies",
    tests: [
      at("transport/handshake.test.ts", "H4 origin %j is refused with 403 when only the own host is allowed"),
      at("transport/polling.test.ts", "H4 a foreign page may not poll, and the own host's may"),
      at("e2e/hostile.test.ts", "T1 gets no socket and no poll from a player's browser, and is no session"),
    ],
  },
  {
    id: "T2",
    threat: "a handshake that is only half one",
    defence: "every rule of RFC 6455 section 4.2.1, one by one; no body, no pattern that backtracks",
    tests: [
      at("transport/handshake.test.ts", "H1 %s is refused, counted, and the socket closed"),
      at("transport/handshake.test.ts", "H1 no header, however odd, throws or is taken for what it is not"),
    ],
  },
  {
    id: "T3",
    threat: "a token stolen from a log, an address or a memory dump",
    defence: "tokens travel in messages only; the server keeps hashes",
    tests: [
      at(
        "session/resume.test.ts",
        "S13 a token that nobody has, of a wrong length or for another room opens nobody's session",
      ),
      at("admin/logs.test.ts", "A8 T3 a log of everything holds no token and nothing that players write"),
    ],
  },
  {
    id: "T4",
    threat: "a resume token used twice",
    defence: "good for one use; the used one dies when the client has shown that it has the next",
    tests: [
      at(
        "session/resume.test.ts",
        "S13 works a second time if the Welcome was lost, and not after the client has shown that it came",
      ),
      at(
        "session/admission.test.ts",
        "S13 of ten thousand uses of a token that was used and confirmed none is accepted",
      ),
    ],
  },
  {
    id: "T5",
    threat: "guessing tokens and connection ids",
    defence:
      "128 random bits, looked up by hash; of tokens 5 unknown ones a minute from an address, unknown connection ids are counted",
    tests: [
      at(
        "session/resume.test.ts",
        "S13 a token that nobody has, of a wrong length or for another room opens nobody's session",
      ),
      at("transport/polling.test.ts", "H11 an open with our schema is answered with an id of 128 random bits"),
      at("session/admission.test.ts", "S13 of a million guesses none is accepted"),
      at(
        "session/admission.test.ts",
        "S29 unknown ones are not looked up after the fifth in a minute, and the client still comes in",
      ),
    ],
  },
  {
    id: "T6",
    threat: "a flood of messages, pings, fragments",
    defence: "counted in the engine's callbacks before anything is decoded; the rest of the read is dropped",
    tests: [
      at(
        "transport/web-socket.test.ts",
        "H7 of half a million frames in one write 200 are handled, and the client is told 4007",
      ),
      at("transport/web-socket.test.ts", "H7 a flood of %s ends with 4007, and the first 20 do not"),
      at("faults/faults.test.ts", "%s holds with a small load, and fails without its defence"),
    ],
  },
  {
    id: "T7",
    threat: "a flood of handshakes and of sockets that say nothing",
    defence: "hello within 3 s; sockets and joins by address; the port closes before descriptors run out",
    tests: [
      at("transport/address-limits.test.ts", "H31 are twenty in one moment and ten a second"),
      at("session/admission.test.ts", "S25 beyond their share the oldest goes, and a good client gets in"),
      at("session/session.test.ts", "S2 a connection without a hello is closed after 3 s and not before"),
      at("session/seats.test.ts", "S34 T7 come and gone without end are two, and others find theirs"),
      at(
        "transport/sockets-max.test.ts",
        "H29 at its mark a server refuses newcomers, serves those inside, stays at rest, and lets in again",
      ),
    ],
  },
  {
    id: "T8",
    threat: "memory by size or count",
    defence: "4 KiB a message; fields are counted on the wire before objects are made of them",
    tests: [
      at("proto/field-scan.test.ts", "F6 4 KiB of packed numbers, and groups 2,000 deep, cost next to no memory"),
      at("transport/web-socket.test.ts", "H6 %s closes with 4500 and words, unseen by the handler"),
    ],
  },
  {
    id: "T9",
    threat: "memory by not reading",
    defence: "lag is seen by acknowledged ticks, state is latest-wins, queues are bounded",
    tests: [
      at(
        "room/frame-sender.test.ts",
        "L3 a client that acknowledges nothing is skipped after 1.5 s and closed after 6 s of it",
      ),
      at(
        "room/frame-sender.test.ts",
        "L5 of more than 256 events waiting for a client the oldest are lost, and the others come in order",
      ),
    ],
  },
  {
    id: "T10",
    threat: "CPU by requests that cost much",
    defence:
      "a bucket for messages, one for polls, one for events, one for lines, one for lost cells; inputs and views count once a tick",
    tests: [
      at(
        "room/costly-client.test.ts",
        "T10 L5 L6 a client at all its limits costs a tick one input and one frame, stays, is felt by nobody, and goes with one event more",
      ),
      at(
        "transport/polling.test.ts",
        "H35 120 empty polls are answered at once, then 60 a second; one more closes with 4007, and what it brings is not read",
      ),
      at("session/session.test.ts", "L5 a client may send 32 events at once and then 8 a second, more close with RATE"),
      at("game/chat.test.ts", "G5 five lines at once, one more each 1.5 s, then a notice that says when"),
    ],
  },
  {
    id: "T11",
    threat: "cheating: speed, teleport, seeing through walls, inputs for others",
    defence: "inputs only; the server simulates; who sends is the socket's, never the message's; cells in view only",
    tests: [
      at("room/views.test.ts", "V4 the cells told of never hold an entity that the granted view does not touch"),
      at("room/views.test.ts", "V2 the own entity is always in view, whatever the client asks for"),
      at(
        "room/privacy.test.ts",
        "T11 seed %i: whatever one client sends, another's tadpole swims as if nothing had been sent",
      ),
      at(
        "room/privacy.test.ts",
        "V2 V4 T11 T14 seed %i: each of many frames holds its own cells and its own words, and nothing else",
      ),
    ],
  },
  {
    id: "T12",
    threat: "inputs for the past or the future, numbers that are none",
    defence: "a window of a second, whole numbers in range",
    tests: [
      at(
        "session/session.test.ts",
        "S4 every cut and every single-bit flip of a good message is taken or refused, never thrown",
      ),
      at("room/room.test.ts", "I4 an input more than a second ahead is taken after a second"),
      at("session/fuzz.test.ts", "S4 L6 seed %i: no message harms the server, the others or the world"),
      at("session/fuzz.test.ts", "S4 T12 %s with any number leaves the world finite and the others in peace"),
    ],
  },
  {
    id: "T13",
    threat: "chat: script, direction overrides, invisible and look-alike letters, spam",
    defence: "cleaned once on the server; text stays text in the page",
    tests: [
      at("game/text.test.ts", "G2 a line of bad UTF-8 (%s) ends the connection or says nothing forbidden"),
      at("game/text.test.ts", "G2 cleaning twice is cleaning once, and nothing forbidden comes out"),
      at(
        "game/taken-names.test.ts",
        "G10 a newcomer gets a number, a change is refused with a notice and leaves the look as it was",
      ),
      at("game/word-filter.test.ts", "G11 masks lines, shouts, whispers and names, at joining and later"),
      at("e2e/hostile.test.ts", "T13 10,000 names and lines, seed 11, make no element of their own and no request"),
    ],
  },
  {
    id: "T14",
    threat: "one player's bytes reach another",
    defence: "sent or copied before the call returns; row F24 listens with every client",
    tests: [
      at(
        "transport/web-socket.test.ts",
        "H10 bytes are the caller's again after send, and a view's neighbours stay home",
      ),
      at(
        "room/privacy.test.ts",
        "V2 V4 T11 T14 seed %i: each of many frames holds its own cells and its own words, and nothing else",
      ),
    ],
  },
  {
    id: "T15",
    threat: "a room takes the process or other rooms with it",
    defence: "each room has a net of its own and is rebuilt from its last state; the third failure in 60 s closes it",
    tests: [
      at(
        "room/failures.test.ts",
        "S11 in %s is rebuilt in the same tick: same players, same places, others miss nothing",
      ),
      at(
        "room/failures.test.ts",
        "S11 the third failure in a minute closes it for a minute, with words; then it opens anew",
      ),
    ],
  },
  {
    id: "T18",
    threat: "a flood of log lines or metric series",
    defence: "ten lines a second of each kind, then a count; labels are constants",
    tests: [
      at(
        "admin/logs.test.ts",
        "A8 A9 T18 a hundred thousand bad frames give at most 200 lines and no new series (seed 18)",
      ),
      at("transport/rejects.test.ts", "L6 a hundred of a kind in one second are all counted, and ten are logged"),
    ],
  },
  {
    id: "T19",
    threat: "metrics and operators' ports open to the world",
    defence: "a port of their own on the loopback address, or a token; no web page is answered",
    tests: [
      at("admin/operators-port.test.ts", "A1 T19 by default nobody but this machine reaches it"),
      at("admin/operators-port.test.ts", "A2 T19 a web page is refused: %s"),
    ],
  },
  {
    id: "T20",
    threat: "an altered binary, an old dependency",
    defence: "exact versions with hashes; the engine's binary is checked before it is loaded",
    tests: [
      at("transport/engine.test.ts", "H28 an altered binary is refused before it is loaded, with what to do"),
      at("structure.test.ts", "dependencies are pinned to one version each"),
      at("lock-file.test.ts", "T20 every package in the lock file has one version and the SHA-512 of its tarball"),
      at("transport/engine.test.ts", "H28 a missing binary, another Node and another platform are named"),
      at("lock-file.test.ts", "T20 no package is bound to one registry's host, nor comes from a git address"),
      at("lock-file.test.ts", "T20 what a package needs is locked, too, on every platform: else `npm ci` refuses"),
    ],
  },
  {
    id: "T21",
    threat: "compression: oracle and bomb",
    defence: "never agreed to; RSV1 cuts off",
    tests: [
      at("transport/handshake.test.ts", "H5 no extension is agreed to"),
      at("transport/web-socket.test.ts", "H5 a frame that claims to be compressed"),
    ],
  },
];

export function formatThreats(threats: readonly Threat[]): string {
  const lines = threats.map(({ id, threat, defence, tests }) => {
    const links = tests.map(({ file, title }) => `[${title}](../${file})`);
    return `| ${id} | ${threat} | ${defence} | ${links.join("; ")} |`;
  });
  return ["| | threat | defence | tests |", "|---|---|---|---|", ...lines].join("\n");
}
