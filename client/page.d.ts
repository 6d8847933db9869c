/** What the page adds to `window`, for tests and the curious: to look at, never to change. */
interface Window {
  shoal?: {
    readonly client: import("./sync/index.ts").SyncClient;
    readonly replica: import("./sync/index.ts").Replica;
    readonly view: import("./view/pond-view.ts").PondView;
  };
}
