// What this folder uses of the platform: the part that browsers and Node have in common.
declare function setTimeout(callback: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
interface AbortSignal {
  readonly aborted: boolean;
}

declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
declare function fetch(
  url: string,
  options: {
    method: string;
    headers?: Record<string, string>;
    body?: Uint8Array;
    signal?: AbortSignal;
    cache?: string;
    keepalive?: boolean;
  },
): Promise<FetchResponse>;

interface WebSocketMessage {
  readonly data: unknown;
}
interface WebSocketClose {
  readonly code: number;
  readonly reason: string;
}
declare class WebSocket {
  constructor(url: string, protocols: string[]);
  binaryType: string;
  readonly readyState: number;
  onopen: (() => void) | null;
  onmessage: ((event: WebSocketMessage) => void) | null;
  onclose: ((event: WebSocketClose) => void) | null;
  onerror: (() => void) | null;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
}
